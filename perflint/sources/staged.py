"""The files that the next git commit would hold, with the content that it would hold."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from perflint.sources import Source, SourceError, is_known


def staged_sources(paths: Sequence[Path]) -> list[Source]:
    """Return the added, changed and renamed files of known formats in git's index, below `paths` if any are
    given.

    Raises SourceError where there is no git or no repository.
    """
    # Asked first: outside a repository `git diff` takes this for its other form, and prints a page on that.
    root = Path(os.fsdecode(_git("rev-parse", "--show-toplevel")).rstrip("\n"))
    listed = _git("diff", "--cached", "--name-only", "--diff-filter=ACMR", "-z", "--", *map(str, paths))
    sources = []
    for name in filter(None, os.fsdecode(listed).split("\0")):
        if is_known(name):
            path = Path(os.path.relpath(root / name))
            sources.append(
                Source(path.as_posix(), path, named=False, data=_git("cat-file", "blob", f":{name}"))
            )
    return sorted(sources, key=lambda source: source.name)


def _git(*arguments: str) -> bytes:
    try:
        return subprocess.run(["git", *arguments], check=True, capture_output=True).stdout
    except FileNotFoundError as error:
        raise SourceError("no-git", "git") from error
    except subprocess.CalledProcessError as error:
        raise SourceError("no-repository", os.fsdecode(error.stderr).strip()) from error
