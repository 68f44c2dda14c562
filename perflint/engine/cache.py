"""Keep what was worked out, under the hash of all it depends on; a damaged entry is as good as none."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache as memo
from pathlib import Path
from typing import Any

import orjson

MAX_BYTES = 500_000_000
MAX_AGE = 30 * 24 * 3600.0
"""Seconds since an entry was last used."""
DAY = 24 * 3600.0
NOTE = "# Cache of perflint: safe to delete at any time, and not for version control.\n*\n"


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of entries, one file each: the SHA-256 of the payload, then the payload as JSON.

    Safe to share between machines and runs (an entry appears at once or not at all) and to delete. A folder
    that cannot be written is used without a word: a cache must never be the reason why a check fails.
    """

    folder: Path
    max_bytes: int = MAX_BYTES
    max_age: float = MAX_AGE

    def get(self, kind: str, key: str) -> Any | None:
        """Return the entry of this kind and key, None where there is none that is whole."""
        path = self._path(kind, key)
        try:
            digest, _, payload = path.read_bytes().partition(b"\n")
            if hashlib.sha256(key.encode() + payload).hexdigest().encode() != digest:
                return None
            if time.time() - path.stat().st_mtime > DAY:
                os.utime(path)
            return orjson.loads(payload)
        except (OSError, ValueError):
            return None

    def put(self, kind: str, key: str, value: Any) -> None:
        """Keep an entry, in place of one of the same key; none that UTF-8 cannot hold (half a surrogate pair)."""
        try:
            payload = orjson.dumps(value, option=orjson.OPT_PASSTHROUGH_DATACLASS)
        except orjson.JSONEncodeError:
            return
        digest = hashlib.sha256(key.encode() + payload).hexdigest().encode()
        path = self._path(kind, key)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._explain()
            handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(digest + b"\n" + payload)
                Path(name).replace(path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise

    def prune(self) -> None:
        """Delete what has not been used for `max_age`, then the entries unused for longest, down to
        `max_bytes`.
        """
        entries = sorted(self._entries(), reverse=True)
        total, now = 0, time.time()
        for used, size, path in entries:
            total += size
            if total > self.max_bytes or now - used > self.max_age:
                with suppress(OSError):
                    path.unlink()

    def _entries(self) -> Iterable[tuple[float, int, Path]]:
        for path in self.folder.glob("*/*/*"):
            with suppress(OSError):
                state = path.stat()
                yield state.st_mtime, state.st_size, path

    def _path(self, kind: str, key: str) -> Path:
        return self.folder / kind / key[:2] / f"{key[2:]}.json"

    def _explain(self) -> None:
        """Tell git and curious people what the folder is."""
        note = self.folder / ".gitignore"
        if not note.exists():
            note.write_text(NOTE, "utf-8")


def default_folder() -> Path:
    """Return the folder of the cache where none is set: PERFLINT_CACHE_DIR, else the system's folder for
    caches.
    """
    if named := os.environ.get("PERFLINT_CACHE_DIR"):
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
    return Path(base) / "perflint"


def key_of(*parts: object) -> str:
    """Return the key of an entry that depends on these parts (plain JSON)."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@memo
def program_digest() -> str:
    """Return a hash of perflint's own code and vocabulary, so that no entry outlives the program that made
    it.
    """
    from perflint.words import rules_folder

    digest = hashlib.sha256()
    for folder, ending in ((Path(__file__).parents[1], ".py"), (rules_folder() / "words", ".toml")):
        for path in sorted(_files_below(str(folder), ending)):
            name = path[len(str(folder)) :].replace(os.sep, "/")
            digest.update(name.encode() + b"\0" + Path(path).read_bytes())
    return digest.hexdigest()


def _files_below(folder: str, ending: str) -> Iterator[str]:
    """Yield the files of a folder and those below whose names end so, in a third of the time of Path.glob."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _files_below(entry.path, ending)
            elif entry.name.endswith(ending):
                yield entry.path
