"""perflint as the gate of a repository of documents: from the first run over a baseline to a new defect and its mend."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from fixtures.make.invent import row
from fixtures.make.mixed import (
    DEFECT,
    FAULTY,
    MOSTLY_QUICK,
    WRITERS,
    Form,
    Invented,
    invented_documents,
    with_row,
    write,
)
from tests.command import Result, command_of, perflint

Capture = pytest.CaptureFixture[str]
PROGRAM = (sys.executable, "-m", "perflint")
BASELINE = "perflint-baseline.json"
COUNT = 300
NEW = row("产出指标", "数量指标", "技术培训次数", "=100.00(%)")


@dataclass(frozen=True)
class Repository:
    """A git repository of documents with a committed baseline, and the cache that its first run filled."""

    folder: Path
    cache: Path
    documents: Sequence[Invented]


def git(folder: Path, *arguments: object) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", *identity, *map(str, arguments)], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """Write the documents, accept what is wrong with them as baseline, commit."""
    folder, cache = tmp_path_factory.mktemp("origin"), tmp_path_factory.mktemp("shared")
    documents = invented_documents(COUNT, endings=MOSTLY_QUICK)
    for document in documents:
        write(document, folder)
    git(folder, "init", "-q")
    (folder / "perflint.toml").write_text(f'cache-dir = "{cache}"\n', "utf-8")
    command = [*PROGRAM, "check", ".", "--write-baseline", BASELINE, "-f", f"json={cache / 'first.json'}"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    (folder / "perflint.toml").write_text(f'cache-dir = "{cache}"\nbaseline = "{BASELINE}"\n', "utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "x")
    return Repository(folder, cache, documents)


@pytest.fixture
def clone(origin: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a clone of the repository, in another place, that is also the current folder."""
    folder = tmp_path / "elsewhere" / "clone"
    git(tmp_path, "clone", "-q", origin.folder, folder)
    monkeypatch.chdir(folder)
    return folder


def new_findings(result: Result) -> list[tuple[str, dict[str, Any]]]:
    """Return (path, finding) for what is neither in the baseline nor suppressed."""
    return [
        (document["path"], finding)
        for document in result.report["documents"]
        for finding in document["findings"]
        if finding["suppressed"] is None
    ]


def test_the_first_run_finds_the_planted_defects_in_every_format(
    origin: Repository, clone: Path, capsys: Capture
) -> None:
    result = perflint(
        capsys, "check", ".", "--select", "U301", "-f", "json", "--isolated", "--cache-dir", origin.cache
    )
    planted = {f"{one.stem}{one.ending}" for one in origin.documents if DEFECT in one.form["indicators"]}
    assert sorted(path for path, _ in new_findings(result)) == sorted(planted)
    assert {Path(path).suffix for path in planted} == set(WRITERS)
    assert {document["status"] for document in result.report["documents"]} == {"checked"}


@pytest.mark.parametrize("faulty", [True, False], ids=["beside-an-old-one", "in-a-clean-file"])
def test_a_new_defect_alone_closes_the_gate_and_its_mend_opens_it(
    origin: Repository, clone: Path, capsys: Capture, faulty: bool
) -> None:
    before = perflint(capsys, "check", ".", "-f", "json")
    assert (before.code, before.err, new_findings(before)) == (0, "", [])
    assert before.report["summary"]["baselined"] >= COUNT // FAULTY

    document = next(
        one
        for one in origin.documents
        if one.ending == ".xlsx" and (DEFECT in one.form["indicators"]) == faulty
    )
    path = write(replace(document, form=with_row(document.form, NEW)), clone)
    red = perflint(capsys, "check", ".", "-f", "json")
    ((where, finding),) = new_findings(red)
    assert (red.code, where, finding["code"]) == (1, path.relative_to(clone).as_posix(), "U301")
    assert finding["message"] == "“技术培训次数”是计数指标，指标值“=100.00(%)”的单位却是 %"
    cell = load_workbook(path)[finding["place"]["sheet"]][finding["place"]["cell"].split(":")[0]]
    assert cell.value == finding["excerpt"] == "=100.00(%)"

    git(clone, "add", ".")
    staged = perflint(capsys, "check", "--staged", "-f", "json")
    assert (staged.code, new_findings(staged)) == (1, [(where, finding)])
    assert staged.report["summary"]["documents"]["checked"] == 1

    write(document, clone)
    green = perflint(capsys, "check", ".", "-f", "json")
    assert (green.code, green.err, new_findings(green)) == (0, "", [])


def test_pre_commit_refuses_a_new_defect_and_takes_its_mend(
    origin: Repository, clone: Path, capsys: Capture
) -> None:
    pytest.importorskip("pre_commit")
    assert perflint(capsys, "init", "--ci", "none").code == 0
    assert command_of(clone, "pre-commit", "install").returncode == 0
    document = next(
        one for one in origin.documents if one.ending == ".docx" and DEFECT in one.form["indicators"]
    )
    path = write(replace(document, form=with_row(document.form, NEW)), clone)
    command_of(clone, "git", "add", ".")
    refused = command_of(clone, "git", "commit", "-q", "-m", "x")
    assert refused.returncode == 1
    assert "- hook id: perflint\n- exit code: 1\n" in refused.stderr
    assert path.relative_to(clone).as_posix() in refused.stderr
    assert re.findall(r"[A-Z]\d{3}(?= )", refused.stderr) == ["U301"]

    write(document, clone)
    (clone / "说明.md").write_text("x", "utf-8")
    command_of(clone, "git", "add", ".")
    taken = command_of(clone, "git", "commit", "-q", "-m", "x")
    assert (taken.returncode, command_of(clone, "git", "status", "--short").stdout) == (0, ""), taken.stderr


def retypeset(document: Invented, steps: int) -> Invented:
    """Return a document under another name, in another format, the rows of each level 2 in the other order."""
    endings = tuple(WRITERS)
    ending = endings[(endings.index(document.ending) + steps) % len(endings)]
    backwards = document.form["indicators"][::-1]
    rows: list[Form] = sorted(backwards, key=lambda row: level_order(document, row))
    return replace(
        document,
        stem=f"归档/{steps}/{len(rows)}-{document.stem}",
        ending=ending,
        form=document.form | {"indicators": rows},
    )


def level_order(document: Invented, row: Form) -> int:
    levels = [(one["level1"], one["level2"]) for one in document.form["indicators"]]
    return levels.index((row["level1"], row["level2"]))


@pytest.mark.parametrize("steps", [1, 3])
def test_a_renamed_retypeset_reordered_file_keeps_its_baseline(
    origin: Repository, clone: Path, capsys: Capture, steps: int
) -> None:
    moved = [one for one in origin.documents if DEFECT in one.form["indicators"]]
    for document in moved:
        (clone / f"{document.stem}{document.ending}").unlink()
        write(retypeset(document, steps), clone)
    # How surely a form is read (E904) is the one thing that does change with its typesetting.
    result = perflint(capsys, "check", ".", "--extend-ignore", "weak-reading", "-f", "json")
    assert (result.code, result.err, new_findings(result)) == (0, "", [])
    assert sum(document["path"].startswith("归档/") for document in result.report["documents"]) == len(moved)


def test_the_report_depends_on_the_documents_alone(
    origin: Repository, clone: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def outputs(*options: object) -> tuple[str, list[bytes], str]:
        names = ("sarif", "html", "gitlab", "junit")
        files = [f"--format={name}={tmp_path / name}" for name in names]
        result = perflint(capsys, "check", "-f", "json", *files, "--pictures", "none", "-q", *options)
        return result.out, [(tmp_path / name).read_bytes() for name in names], result.err

    one, part = outputs("."), outputs("2号单位")
    assert outputs("2号单位", "--no-cache", "--jobs", 1) == part
    assert outputs("2号单位", "--no-cache", "--jobs", 8) == part
    monkeypatch.chdir(origin.folder)
    assert outputs(".") == one


def test_a_clone_with_the_shared_cache_reads_nothing(
    origin: Repository, clone: Path, capsys: Capture
) -> None:
    result = perflint(capsys, "check", ".", "--timings", "--lang", "en")
    assert result.code == 0
    assert "seconds" in result.err
    assert "read and recognise" not in result.err
    assert not [one for one in origin.documents if f"{one.stem}{one.ending}" in result.err]


def test_an_interrupted_run_reports_what_is_done(origin: Repository, clone: Path) -> None:
    os.mkfifo("归档.html")  # reading it takes for ever
    names = [f"{document.stem}{document.ending}" for document in origin.documents[:3]]
    options = ("--no-cache", "--jobs", "1", "-f", "jsonl", "--lang", "en")
    command = [*PROGRAM, "check", *names, "归档.html", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with Path("归档.html").open("wb"):  # waits until perflint opens it, too
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, "interrupted: 3 of 4 files checked\n")
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["path"] for line in lines if line["type"] == "document"] == sorted(names)
