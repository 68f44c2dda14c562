"""Settings: found upwards from the files checked, read, checked and typed once."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import tomli

from perflint.config.keys import settings_shape
from perflint.config.refusal import Mistake, SettingsError
from perflint.config.shapes import held, misfits
from perflint.config.toml_places import error_place, locate
from perflint.limits import Limits

SETTINGS_FILE = "perflint.toml"
SHARED_FILE = "pyproject.toml"
SHARED_TABLE = ("tool", "perflint")
SUPPRESSIONS_FILE = "perflint-ignore.toml"


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """One settings file as read: its text (to point at mistakes), its table, and where in the file that table
    is.
    """

    path: Path
    text: str
    table: Mapping[str, Any]
    prefix: tuple[str, ...] = ()

    def mistake(
        self, problem: str, at: tuple[str | int, ...], known: Sequence[str] = (), **values: str
    ) -> Mistake:
        """Return a mistake that points at a key of this file, or at the text `values["word"]` there."""
        return mistake_in(self.path, self.text, problem, (*self.prefix, *at), known, **values)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run goes by. Paths are absolute; `root` is the folder that file patterns start from."""

    root: Path
    files: tuple[SettingsFile, ...] = ()
    """The file that was found and those it extends, nearest first."""
    language: str = "zh"
    profile: str = "auto"
    rules: tuple[Path, ...] = ()
    select: tuple[str, ...] = ("ALL",)
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    extend_ignore: tuple[str, ...] = ()
    preview: bool = False
    severity: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    fail_on: str = "error"
    suppressions: Path | None = None
    baseline: Path | None = None
    pdf_engine: str = "pdfium"
    cache: bool = True
    cache_dir: Path | None = None
    jobs: int = 0


def load_settings(paths: Sequence[Path], explicit: Path | None = None) -> Settings:
    """Return the settings for these files and folders.

    `explicit` names the settings file; without it, the nearest `perflint.toml`, or `pyproject.toml` with
    `[tool.perflint]`, is looked for from the folder common to all paths upwards. Raises SettingsError.
    """
    start = common_folder(paths)
    found = _read(explicit) if explicit else find_settings(start)
    if found is None:
        above = (_beside(folder) for folder in (start, *start.parents))
        return Settings(root=start, suppressions=next(filter(None, above), None))
    return settings_of(_chain(found))


def common_folder(paths: Sequence[Path]) -> Path:
    """Return the deepest folder that holds all these paths; the current folder for none."""
    folders = [path.absolute() if path.is_dir() else path.absolute().parent for path in paths]
    return Path(os.path.commonpath(folders)) if folders else Path.cwd()


def find_settings(start: Path) -> SettingsFile | None:
    """Return the nearest settings file in this folder or above it."""
    for folder in (start, *start.parents):
        if (folder / SETTINGS_FILE).is_file():
            return _read(folder / SETTINGS_FILE)
        if (folder / SHARED_FILE).is_file() and (shared := _read_shared(folder / SHARED_FILE)):
            return shared
    return None


def _read_shared(path: Path) -> SettingsFile | None:
    """Return the table of perflint in a pyproject.toml; one that has none, or is not perflint's to mend, is
    passed by.
    """
    try:
        if "perflint" not in path.read_text("utf-8"):
            return None
        return _read(path)
    except (OSError, UnicodeDecodeError):
        return None


def _read(path: Path) -> SettingsFile | None:
    """Read a settings file; None for a pyproject.toml without a table of perflint. Raises SettingsError."""
    text, table = read_toml(path)
    if path.name != SHARED_FILE:
        return SettingsFile(path.absolute(), text, table)
    for name in SHARED_TABLE:
        table = table.get(name)
        if not isinstance(table, dict):
            return None
    return SettingsFile(path.absolute(), text, table, SHARED_TABLE)


def read_toml(path: Path) -> tuple[str, Any]:
    """Return the text of a TOML file and what it says. Raises SettingsError."""
    try:
        text = path.read_text("utf-8-sig")
        return text, tomli.loads(text)
    except OSError as error:
        raise SettingsError([Mistake("no-file", {}, str(path))]) from error
    except UnicodeDecodeError as error:
        raise SettingsError([Mistake("encoding", {}, str(path))]) from error
    except tomli.TOMLDecodeError as error:
        place = error_place(text, error)
        lines = text.splitlines() or [""]
        mistake = Mistake(
            "syntax",
            {"detail": str(error)},
            shown(path),
            lines[place.line - 1],
            place.line,
            place.column,
            place.length,
        )
        raise SettingsError([mistake]) from error


def mistake_in(
    path: Path, text: str, problem: str, at: tuple[str | int, ...], known: Sequence[str] = (), **values: str
) -> Mistake:
    """Return a mistake that points at a key of a TOML file, or at the text `values["word"]` there."""
    place = locate(text, at, values.get("word"))
    line = (text.splitlines() or [""])[place.line - 1]
    return Mistake(problem, values, shown(path), line, place.line, place.column, place.length, tuple(known))


def shown(path: Path) -> str:
    """Return a path as messages show it: relative to the current folder where it lies below it."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _chain(first: SettingsFile) -> tuple[SettingsFile, ...]:
    """Return a settings file and those that it extends, nearest first. Raises SettingsError."""
    chain = [first]
    while "extend" in chain[-1].table:
        _check_shape(chain[-1])
        last = chain[-1]
        path = (last.path.parent / last.table["extend"]).resolve()
        if not path.is_file():
            raise SettingsError([last.mistake("no-file", ("extend",), word=last.table["extend"])])
        if any(file.path.resolve() == path for file in chain):
            names = " → ".join(file.path.name for file in chain)
            raise SettingsError([last.mistake("extend-loop", ("extend",), chain=f"{names} → {path.name}")])
        base = _read(path)
        if base is None:
            break
        chain.append(base)
    return tuple(chain)


def _check_shape(file: SettingsFile) -> None:
    mistakes = [
        file.mistake(misfit.problem, misfit.path, misfit.known, **misfit.values)
        for misfit in misfits(settings_shape(), file.table)
    ]
    if mistakes:
        raise SettingsError(mistakes)


def settings_of(files: tuple[SettingsFile, ...]) -> Settings:
    """Return the settings that a chain of files states, the first one winning. Raises SettingsError."""
    merged: dict[str, Any] = {}
    for file in reversed(files):
        _check_shape(file)
        for key, value in _with_absolute_paths(file).items():
            if isinstance(value, dict):
                merged[key] = {**merged.get(key, {}), **value}
            elif key.startswith("extend-"):
                merged[key] = [*merged.get(key, []), *value]
            else:
                merged[key] = value
    merged.pop("extend", None)
    root = files[0].path.parent
    limits = replace(Limits(), **merged.pop("limits", {}))
    typed = {key.replace("-", "_"): _frozen(value) for key, value in merged.items()}
    for key in ("suppressions", "baseline", "cache_dir"):
        if key in typed:
            typed[key] = Path(typed[key])
    typed["rules"] = tuple(Path(path) for path in typed.get("rules", ()))
    typed.setdefault("suppressions", _beside(root))
    return Settings(root=root, files=files, limits=limits, **typed)


def _with_absolute_paths(file: SettingsFile) -> dict[str, Any]:
    """Return the table of a file with its paths made absolute, from the folder of the file that states them."""
    table = dict(file.table)
    for path, holds, text in held(settings_shape(), file.table):
        if holds != "path":
            continue
        absolute = str(file.path.parent / text)
        key = str(path[0])
        table[key] = (
            absolute
            if len(path) == 1
            else [*table[key][: int(path[1])], absolute, *table[key][int(path[1]) + 1 :]]
        )
    return table


def _frozen(value: Any) -> Any:
    """Return a value with its lists as tuples."""
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return value


def _beside(folder: Path) -> Path | None:
    """Return the suppressions file of a folder, None where it has none."""
    path = folder / SUPPRESSIONS_FILE
    return path if path.is_file() else None


def stated(settings: Settings) -> Iterator[tuple[SettingsFile, tuple[str | int, ...], str, str]]:
    """Give every selector, pattern, … in the settings files: file, path, what it is, the text."""
    for file in settings.files:
        for path, holds, text in held(settings_shape(), file.table):
            yield file, path, holds, text
