"""Which files a run looks at: those named, and those found in folders."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from perflint.readers.kinds import KNOWN_EXTENSIONS


class SourceError(Exception):
    """Something that cannot be checked: `problem` is a key of wording/messages.toml, `detail` the path or
    reason.
    """

    def __init__(self, problem: str, detail: str) -> None:
        super().__init__(f"{problem}: {detail}")
        self.problem, self.detail = problem, detail


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a run.

    `name` is its path as the report shows it, with forward slashes; `named` says that the user asked for this
    very file; `data` is its content where it does not come from the disk (standard input, git's index).
    """

    name: str
    path: Path
    named: bool = True
    data: bytes | None = None

    def size(self) -> int:
        """Return the file's length in bytes. Raises OSError."""
        return len(self.data) if self.data is not None else self.path.stat().st_size

    @property
    def is_lasting(self) -> bool:
        """Tell content that can be read a second time: that of a pipe is gone, or never comes."""
        return self.data is not None or self.path.is_file()

    def read(self) -> bytes:
        """Return the file's content. Raises OSError."""
        return self.data if self.data is not None else self.path.read_bytes()


def find_sources(
    paths: Sequence[Path],
    exclude: Iterable[str] = (),
    root: Path | None = None,
    written: Iterable[Path] = (),
) -> tuple[list[Source], list[SourceError]]:
    """Return the files to check, each once, sorted by name, and what could not be found.

    A named file is taken whatever it is called; a folder is searched for known extensions, leaving out hidden
    files, office lock files (`~$…`), what the gitignore patterns `exclude` (relative to `root`) name, and
    `written`: the files and folders that this run's reports go to. An error is a path that does not exist, or
    a folder without a file to check.
    """
    reports = [_place(path) for path in written]
    excluded = _matcher(list(exclude), _place(root or Path.cwd()))
    sources: dict[str, Source] = {}
    errors = []
    for path in paths:
        if path.is_dir():
            places = {_place(file): file for file in _files_below(path)}
            found = [
                place
                for place in places
                if not excluded(place) and not any(_is_in(place, report) for report in reports)
            ]
            if not found:
                errors.append(SourceError("empty-folder", str(path)))
            for place in found:
                file = places[place]
                sources.setdefault(place, Source(file.as_posix(), file, named=False))
        elif path.exists():
            sources[_place(path)] = Source(path.as_posix(), path)
        else:
            errors.append(SourceError("no-such-path", str(path)))
    return sorted(sources.values(), key=lambda source: source.name), errors


def _place(path: Path) -> str:
    """Return where a path leads, as text: a folder of thousands of files is gone through in a third of the time."""
    return os.path.abspath(path)  # noqa: PTH100  `Path.resolve` asks the disk about every folder on the way.


def _is_in(place: str, folder: str) -> bool:
    return place == folder or place.startswith(folder.rstrip(os.sep) + os.sep)


def is_known(name: str) -> bool:
    """Say whether a search takes a file of this name along."""
    base = name.rpartition("/")[2]
    _, dot, extension = base.rpartition(".")
    return dot + extension.lower() in KNOWN_EXTENSIONS and not base.startswith((".", "~$"))


def _files_below(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (path for name in files if is_known(name) and not _waits(path := Path(parent, name)))


def _waits(path: Path) -> bool:
    """Tell a pipe, a socket or a device, in which a search would wait for what may never be written."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def _matcher(patterns: list[str], root: str) -> Callable[[str], bool]:
    """Return what says whether a file is among those that gitignore patterns name, from the folder `root`."""
    if not patterns:
        return lambda place: False
    from pathspec import GitIgnoreSpec

    spec = GitIgnoreSpec.from_lines(patterns)
    return lambda place: spec.match_file(Path(os.path.relpath(place, root)).as_posix())
