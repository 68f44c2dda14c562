"""The cache gives back what was put in, or nothing."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from perflint.engine.cache import Cache, default_folder, key_of

KEY, OTHER = key_of("a"), key_of("b")


@pytest.fixture
def store(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def entry(store: Cache) -> Path:
    (found,) = store.folder.glob("*/*/*.json")
    return found


@pytest.mark.parametrize("value", [{"a": [1, 2.5, None, True]}, [], "文字", {"名称": "次数"}])
def test_what_goes_in_comes_out(store: Cache, value: object) -> None:
    store.put("kind", KEY, value)
    assert store.get("kind", KEY) == value
    assert store.get("kind", OTHER) is None
    assert store.get("other", KEY) is None


def test_what_utf_8_cannot_hold_is_not_kept(store: Cache) -> None:
    store.put("kind", KEY, ["half a pair: \udc80"])
    assert store.get("kind", KEY) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data.replace(b"1", b"2"),
        lambda data: b"{}",
        lambda data: b"\xff" * 10,
        lambda data: data + b" ",
    ],
)
def test_a_damaged_entry_is_as_good_as_none_and_can_be_replaced(store: Cache, damage: object) -> None:
    store.put("kind", KEY, {"a": 1})
    path = entry(store)
    path.write_bytes(damage(path.read_bytes()))
    assert store.get("kind", KEY) is None
    store.put("kind", KEY, {"a": 1})
    assert store.get("kind", KEY) == {"a": 1}


def test_an_entry_under_the_name_of_another_is_not_believed(store: Cache) -> None:
    store.put("kind", KEY, 1)
    moved = store.folder / "kind" / OTHER[:2] / f"{OTHER[2:]}.json"
    moved.parent.mkdir(parents=True, exist_ok=True)
    entry(store).rename(moved)
    assert store.get("kind", OTHER) is None


def test_the_folder_tells_git_to_pass_it_by_and_holds_no_leftovers(store: Cache) -> None:
    store.put("kind", KEY, 1)
    names = sorted(path.name for path in store.folder.rglob("*") if path.is_file())
    assert names == [".gitignore", f"{KEY[2:]}.json"]
    assert (store.folder / ".gitignore").read_text("utf-8").endswith("\n*\n")


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    store = Cache(tmp_path / "file" / "cache")
    store.put("kind", KEY, 1)
    assert store.get("kind", KEY) is None
    store.prune()


def test_old_entries_go_first(tmp_path: Path) -> None:
    store = Cache(tmp_path, max_bytes=250)
    now = time.time()
    keys = [key_of(number) for number in range(4)]
    for age, key in enumerate(keys):
        store.put("kind", key, "x" * 30)
        path = tmp_path / "kind" / key[:2] / f"{key[2:]}.json"
        assert path.stat().st_size == 97
        os.utime(path, (now - age, now - age))
    store.prune()
    assert [store.get("kind", key) is not None for key in keys] == [True, True, False, False]


def test_entries_that_nobody_used_for_long_go(tmp_path: Path) -> None:
    store = Cache(tmp_path, max_age=3 * 24 * 3600)
    for days, key in ((2, KEY), (4, OTHER)):
        store.put("kind", key, 1)
        used = time.time() - days * 24 * 3600
        os.utime(tmp_path / "kind" / key[:2] / f"{key[2:]}.json", (used, used))
    assert store.get("kind", KEY) == 1  # using it makes it young again
    store.prune()
    assert (store.get("kind", KEY), store.get("kind", OTHER)) == (1, None)
    assert time.time() - (tmp_path / "kind" / KEY[:2] / f"{KEY[2:]}.json").stat().st_mtime < 3600


def test_keys_depend_on_every_part() -> None:
    assert (
        len({key_of("a", "b"), key_of("ab"), key_of("a", "b", None), key_of(["a", "b"]), key_of("b", "a")})
        == 5
    )
    assert key_of({"x": 1, "y": 2}) == key_of({"y": 2, "x": 1})


def test_the_default_folder_goes_by_the_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERFLINT_CACHE_DIR", "/a/b")
    assert default_folder() == Path("/a/b")
    monkeypatch.delenv("PERFLINT_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", "/x")
    assert default_folder() == Path("/x/perflint")
