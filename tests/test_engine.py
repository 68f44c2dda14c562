"""A run: the same bytes however it is done, nothing read twice, nothing lost."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from perflint.config import Settings
from perflint.engine.cache import Cache
from perflint.engine.run import Run, check_sources
from perflint.limits import Limits
from perflint.report.assembly import report_of
from perflint.rules.ruleset import ruleset_of
from perflint.sources import find_sources
from tests.paper import COUNT_IN_PERCENT, SOUND, form, write


@pytest.fixture
def files(folder: Path) -> Path:
    """Return a folder with eight files: forms with and without findings, and what cannot be read."""
    for number in range(5):
        rows = [*SOUND, COUNT_IN_PERCENT] if number % 2 else SOUND
        write(folder / "in" / f"{number}.html", form(f"项目{number}", rows), form(f"项目{number}续", SOUND))
    write(folder / "in" / "none.html", "<p>没有表格</p>")
    (folder / "in" / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    (folder / "in" / "empty.docx").write_bytes(b"")
    return folder


def check(files: Path, store: Cache | None = None, **changes: object) -> tuple[Run, str]:
    """Return a run over the folder and its report as bytes would be."""
    settings = replace(Settings(root=files), **changes)
    ruleset = ruleset_of(settings)
    sources, _ = find_sources([Path("in")])
    run = check_sources(sources, ruleset, settings, store)
    documents = [run.documents[position] for position in sorted(run.documents)]
    return run, json.dumps(report_of(documents, ruleset, settings, []), ensure_ascii=False)


def test_one_process_and_eight_give_the_same_bytes(files: Path) -> None:
    _, one = check(files, jobs=1)
    _, eight = check(files, jobs=8)
    assert one == eight
    paths = [document["path"] for document in json.loads(one)["documents"]]
    assert paths == sorted(paths)
    assert len(paths) == 8


def test_a_second_run_reads_only_what_could_not_be_read(files: Path, tmp_path: Path) -> None:
    store = Cache(tmp_path / "cache")
    first, cold = check(files, store)
    second, warm = check(files, store)
    assert warm == cold
    assert len(first.timings.files) == 8
    assert set(second.timings.files) == {"in/broken.pdf", "in/empty.docx"}


def test_a_changed_file_is_read_and_only_that_one(files: Path, tmp_path: Path) -> None:
    store = Cache(tmp_path / "cache")
    check(files, store)
    write(files / "in" / "0.html", form("项目0", [*SOUND, COUNT_IN_PERCENT]))
    run, report = check(files, store)
    assert set(run.timings.files) == {"in/0.html", "in/broken.pdf", "in/empty.docx"}
    assert report == check(files)[1]


@pytest.mark.parametrize(
    "changes", [{"select": ("U",)}, {"language": "en"}, {"severity": {"U301": "advice"}}]
)
def test_other_settings_judge_anew_without_reading(
    files: Path, tmp_path: Path, changes: dict[str, object]
) -> None:
    store = Cache(tmp_path / "cache")
    check(files, store)
    run, report = check(files, store, **changes)
    assert set(run.timings.files) == {"in/broken.pdf", "in/empty.docx"}
    assert report == check(files, **changes)[1]


def test_a_copied_or_renamed_file_is_known(files: Path, tmp_path: Path) -> None:
    store = Cache(tmp_path / "cache")
    check(files, store)
    (files / "in" / "1.html").rename(files / "in" / "x.html")
    run, report = check(files, store)
    assert set(run.timings.files) == {"in/broken.pdf", "in/empty.docx"}
    assert report == check(files)[1]


@pytest.mark.parametrize("kind", ["readings", "findings", "together"])
def test_a_cache_that_lost_or_damaged_entries_gives_the_same_bytes(
    files: Path, tmp_path: Path, kind: str
) -> None:
    store = Cache(tmp_path / "cache")
    _, cold = check(files, store)
    entries = sorted((store.folder / kind).rglob("*.json"))
    assert entries
    for number, path in enumerate(entries):
        if number % 2:
            path.unlink()
        else:
            path.write_bytes(b"damaged")
    assert check(files, store)[1] == cold
    assert check(files, store)[1] == cold


def test_a_cache_without_readings_still_serves_the_rules_on_all_forms(files: Path, tmp_path: Path) -> None:
    store = Cache(tmp_path / "cache")
    _, cold = check(files, store)
    assert '"D204"' in cold
    for kind in ("readings", "together"):
        for path in (store.folder / kind).rglob("*.json"):
            path.unlink()
    assert check(files, store)[1] == cold


def test_a_file_over_the_time_limit_is_that_files_finding(folder: Path) -> None:
    for name in ("one.html", "another.html"):
        # Takes seconds, so that no result comes before the clock is looked at.
        write(folder / "in" / name, form("项目", SOUND * 1000))
    run, _ = check(folder, limits=Limits(seconds=0))
    assert len(run.documents) == 2
    (codes,) = {
        tuple(finding["code"] for finding in document["findings"]) for document in run.documents.values()
    }
    assert codes == ("E901",)
    assert {document["status"] for document in run.documents.values()} == {"unreadable"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
def test_a_pipe_that_nobody_writes_to_ends_with_the_time_limit(files: Path) -> None:
    os.mkfifo("pipe.pdf")
    settings = Settings(root=files, limits=Limits(seconds=0.2))
    run = check_sources(find_sources([Path("pipe.pdf")])[0], ruleset_of(settings), settings, None)
    assert [document["status"] for document in run.documents.values()] == ["unreadable"]


def test_a_file_over_the_size_limit_is_not_even_opened(files: Path) -> None:
    _, report = check(files, limits=Limits(file_bytes=10))
    messages = [document["findings"][0]["message"] for document in json.loads(report)["documents"]]
    assert sum("file_bytes" in message for message in messages) == 7  # the eighth is empty


def test_progress_is_told_file_by_file(files: Path) -> None:
    told: list[tuple[int, int]] = []
    settings = Settings(root=files)
    sources, _ = find_sources([Path("in")])
    check_sources(
        sources, ruleset_of(settings), settings, None, lambda done, total: told.append((done, total))
    )
    assert told == [(number, 8) for number in range(1, 9)]


def test_an_interrupted_run_keeps_what_is_done(files: Path) -> None:
    def stop(done: int, total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    settings = Settings(root=files)
    sources, _ = find_sources([Path("in")])
    run = check_sources(sources, ruleset_of(settings), settings, None, stop)
    assert (run.interrupted, len(run.documents)) == (True, 3)
