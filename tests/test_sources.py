"""Which files a run looks at."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from perflint.sources import find_sources


@pytest.fixture
def tree(folder: Path) -> Path:
    for name in (
        "a.pdf",
        "b.PDF",
        "sub/c.docx",
        "sub/deep/d.txt",
        "sub/e.jpg",
        "~$f.docx",
        ".g.pdf",
        ".git/h.pdf",
        "i",
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    return folder


def found(*paths: str, exclude: tuple[str, ...] = ()) -> list[tuple[str, bool]]:
    sources, errors = find_sources([Path(path) for path in paths], exclude)
    assert errors == []
    return [(source.name, source.named) for source in sources]


def test_a_folder_is_searched_for_known_formats(tree: Path) -> None:
    names = ["a.pdf", "b.PDF", "sub/c.docx", "sub/deep/d.txt"]
    assert found(".") == [(name, False) for name in names]


def test_a_named_file_is_taken_whatever_it_is_called(tree: Path) -> None:
    assert found("i", "sub/e.jpg", ".g.pdf") == [(".g.pdf", True), ("i", True), ("sub/e.jpg", True)]


def test_a_file_counts_once_and_as_named_where_it_is_named(tree: Path) -> None:
    assert found("sub", "./sub/c.docx", "sub/deep") == [("sub/c.docx", True), ("sub/deep/d.txt", False)]


@pytest.mark.parametrize(
    ("exclude", "names"),
    [
        (("sub/",), ["a.pdf", "b.PDF"]),
        (("*.pdf",), ["b.PDF", "sub/c.docx", "sub/deep/d.txt"]),
        (("sub/*", "!sub/c.docx"), ["a.pdf", "b.PDF", "sub/c.docx"]),
        (("/deep",), ["a.pdf", "b.PDF", "sub/c.docx", "sub/deep/d.txt"]),
        (("deep",), ["a.pdf", "b.PDF", "sub/c.docx"]),
    ],
)
def test_patterns_leave_files_out(tree: Path, exclude: tuple[str, ...], names: list[str]) -> None:
    assert [name for name, _ in found(".", exclude=exclude)] == names


def test_excluded_files_are_taken_where_they_are_named(tree: Path) -> None:
    assert found("sub/c.docx", exclude=("sub/",)) == [("sub/c.docx", True)]


def test_what_is_not_there_is_told_and_the_rest_found(tree: Path) -> None:
    (tree / "empty").mkdir()
    sources, errors = find_sources([Path("none.pdf"), Path("empty"), Path("a.pdf")])
    assert [source.name for source in sources] == ["a.pdf"]
    assert [(error.problem, error.detail) for error in errors] == [
        ("no-such-path", "none.pdf"),
        ("empty-folder", "empty"),
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
def test_a_search_does_not_wait_for_pipes_and_tells_broken_links(tree: Path) -> None:
    os.mkfifo("sub/pipe.pdf")
    Path("sub/gone.pdf").symlink_to("nowhere.pdf")
    assert [name for name, _ in found("sub")] == ["sub/c.docx", "sub/deep/d.txt", "sub/gone.pdf"]


def test_a_search_leaves_out_what_the_run_itself_writes(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = [Path("sub"), tree / "a.pdf", Path("elsewhere/b.PDF")]
    sources, _ = find_sources([Path(), Path("sub/c.docx")], written=written)
    assert [source.name for source in sources] == ["b.PDF", "sub/c.docx"]
