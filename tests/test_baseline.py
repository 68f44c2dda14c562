"""The baseline hides what was there before, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import codes, perflint
from tests.paper import COUNT_IN_PERCENT, SOUND, form, write

Capture = pytest.CaptureFixture[str]
OTHER = ("产出指标", "质量指标", "系统故障次数", "=0(%)")
ONLY = ("--select", "U301", "-f", "json")


def baseline(capsys: Capture) -> None:
    result = perflint(capsys, "check", ".", *ONLY, "--write-baseline", "base.json")
    assert result.code == 0, result.err


def test_old_findings_pass_and_a_new_one_of_the_same_kind_does_not(folder: Path, capsys: Capture) -> None:
    write(folder / "a.html", form("甲项目", [*SOUND, COUNT_IN_PERCENT]))
    baseline(capsys)
    again = perflint(capsys, "check", ".", *ONLY, "--baseline", "base.json")
    assert (again.code, codes(again.report), again.report["summary"]["baselined"]) == (0, [], 1)
    hidden = again.report["documents"][0]["findings"][0]["suppressed"]
    assert hidden == {"kind": "baseline", "reason": "base.json", "until": None}
    write(folder / "a.html", form("甲项目", [*SOUND, OTHER, COUNT_IN_PERCENT]))
    worse = perflint(capsys, "check", ".", *ONLY, "--baseline", "base.json")
    assert (worse.code, codes(worse.report), worse.report["summary"]["baselined"]) == (1, ["U301"], 1)


def test_the_same_defect_once_more_does_not_hide_behind_the_old_one(folder: Path, capsys: Capture) -> None:
    write(folder / "a.html", form("甲项目", [*SOUND, COUNT_IN_PERCENT]))
    baseline(capsys)
    write(folder / "a.html", form("甲项目", [*SOUND, COUNT_IN_PERCENT, COUNT_IN_PERCENT]))
    twice = perflint(capsys, "check", ".", *ONLY, "--baseline", "base.json")
    assert (twice.code, codes(twice.report)) == (1, ["U301"])
    write(folder / "a.html", form("甲项目", [*SOUND, COUNT_IN_PERCENT]))
    write(folder / "copy.html", form("甲项目", [*SOUND, COUNT_IN_PERCENT]))
    copied = perflint(capsys, "check", ".", *ONLY, "--baseline", "base.json")
    assert (copied.code, codes(copied.report)) == (1, ["U301"])


def test_a_renamed_reordered_file_keeps_its_baseline(folder: Path, capsys: Capture) -> None:
    write(folder / "a.html", form("甲项目", [*SOUND, COUNT_IN_PERCENT]), form("乙项目", [*SOUND, OTHER]))
    baseline(capsys)
    (folder / "a.html").unlink()
    write(
        folder / "new" / "b.html", form("乙项目", [OTHER, *SOUND]), form("甲项目", [COUNT_IN_PERCENT, *SOUND])
    )
    result = perflint(capsys, "check", ".", *ONLY, "--baseline", "base.json")
    assert (result.code, codes(result.report), result.report["summary"]["baselined"]) == (0, [], 2)


def test_what_has_gone_is_told_and_pruned(folder: Path, capsys: Capture) -> None:
    write(folder / "a.html", form("甲项目", [*SOUND, COUNT_IN_PERCENT, OTHER]))
    write(folder / "b.html", form("乙项目", [*SOUND, OTHER]))
    baseline(capsys)
    write(folder / "a.html", form("甲项目", [*SOUND, OTHER]))
    told = perflint(capsys, "check", ".", *ONLY, "--baseline", "base.json", "--lang", "en")
    assert (
        told.err
        == "perflint: base.json: 1 findings of the baseline are gone; --prune-baseline removes them\n"
    )
    pruned = perflint(
        capsys, "check", ".", *ONLY, "--baseline", "base.json", "--prune-baseline", "--lang", "en"
    )
    assert pruned.err == "pruned the baseline base.json: 1 findings removed, 2 left\n"
    left = json.loads((folder / "base.json").read_text("utf-8"))["findings"]
    assert sorted((entry["project"], entry["count"], entry["excerpt"]) for entry in left) == [
        ("乙项目", 1, "=0(%)"),
        ("甲项目", 1, "=0(%)"),
    ]


def test_a_run_over_some_files_says_nothing_of_the_others(folder: Path, capsys: Capture) -> None:
    write(folder / "a.html", form("甲项目", [*SOUND, COUNT_IN_PERCENT]))
    write(folder / "b.html", form("乙项目", [*SOUND, OTHER]))
    baseline(capsys)
    result = perflint(capsys, "check", "a.html", *ONLY, "--baseline", "base.json", "--prune-baseline")
    assert len(json.loads((folder / "base.json").read_text("utf-8"))["findings"]) == 2
    assert result.code == 0


def test_what_a_run_did_not_look_for_is_not_gone(folder: Path, capsys: Capture) -> None:
    for name, project in (("a", "道路养护"), ("b", "河道保洁")):
        write(folder / f"{name}.html", form(project, [*SOUND, COUNT_IN_PERCENT]))
    everything = ("check", ".", "--select", "U301,D204", "-f", "json")
    perflint(capsys, *everything, "--write-baseline", "base.json")
    before = (folder / "base.json").read_bytes()
    assert b'"D204"' in before
    for partial in (("b.html",), (".", "--select", "Q"), (".", "--select", "U301")):
        result = perflint(
            capsys, "check", *partial, "--baseline", "base.json", "--prune-baseline", "-f", "json"
        )
        assert (folder / "base.json").read_bytes() == before, partial
        assert "gone-from-baseline" not in result.out


def test_of_equal_findings_the_old_one_is_that_of_the_old_file(folder: Path, capsys: Capture) -> None:
    same = form("甲项目", [*SOUND, COUNT_IN_PERCENT])
    write(folder / "b.html", same)
    baseline(capsys)
    write(folder / "a.html", same)
    result = perflint(capsys, "check", ".", *ONLY, "--baseline", "base.json")
    old = {
        document["path"]: [finding["suppressed"] is not None for finding in document["findings"]]
        for document in result.report["documents"]
    }
    assert old == {"a.html": [False], "b.html": [True]}


def test_one_more_copy_of_a_table_does_not_hide_behind_the_old_ones(folder: Path, capsys: Capture) -> None:
    copies = ("--select", "D204", "-f", "json", "--fail-on", "advice")
    for name, project in (("a", "道路养护"), ("b", "河道保洁")):
        write(folder / f"{name}.html", form(project))
    perflint(capsys, "check", ".", *copies, "--write-baseline", "base.json")
    same = perflint(capsys, "check", ".", *copies, "--baseline", "base.json")
    assert (same.code, same.err, codes(same.report)) == (0, "", [])
    (folder / "b.html").rename(folder / "0.html")
    renamed = perflint(capsys, "check", ".", *copies, "--baseline", "base.json")
    assert (renamed.code, renamed.err, codes(renamed.report)) == (0, "", [])
    # Wherever the third project stands in the order of their names, it makes another finding.
    for third in ("安全巡查", "绿化养护"):
        write(folder / "c.html", form(third))
        more = perflint(capsys, "check", ".", *copies, "--baseline", "base.json")
        assert (more.code, codes(more.report)) == (1, ["D204"]), third


def test_an_unreadable_file_never_gets_into_a_baseline(folder: Path, capsys: Capture) -> None:
    (folder / "a.pdf").write_bytes(b"%PDF-1.7 broken")
    first = perflint(capsys, "check", ".", "-f", "json", "--write-baseline", "base.json")
    again = perflint(capsys, "check", ".", "-f", "json", "--baseline", "base.json")
    assert json.loads((folder / "base.json").read_text("utf-8"))["findings"] == []
    assert (first.code, again.code, codes(again.report)) == (2, 2, ["E901"])


def test_the_file_has_one_finding_a_line(folder: Path, capsys: Capture) -> None:
    write(folder / "a.html", form("甲项目", [*SOUND, COUNT_IN_PERCENT]))
    baseline(capsys)
    fingerprint = json.loads((folder / "base.json").read_text("utf-8"))["findings"][0]["fingerprint"]
    assert (folder / "base.json").read_text("utf-8") == (
        '{\n "perflint-baseline": 1,\n "findings": [\n'
        f'  {{"fingerprint": "{fingerprint}", "count": 1, "code": "U301", "project": "甲项目", "excerpt": "=0(%)", '
        '"path": "a.html"}\n ]\n}\n'
    )


@pytest.mark.parametrize(
    ("content", "detail"),
    [
        ("", "Expecting value: line 1 column 1 (char 0)"),
        ("[]", "TypeError: list indices must be integers or slices, not str"),
        ('{"perflint-baseline": 2, "findings": []}', "ValueError: version 2"),
        ('{"perflint-baseline": 1, "findings": [{"fingerprint": "x"}]}', "TypeError: "),
    ],
)
def test_what_is_no_baseline_is_refused(folder: Path, capsys: Capture, content: str, detail: str) -> None:
    write(folder / "a.html", form("甲项目"))
    (folder / "base.json").write_text(content, "utf-8")
    result = perflint(capsys, "check", ".", "--baseline", "base.json", "--lang", "en")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"perflint: base.json: not a baseline of perflint: {detail}")


def test_a_baseline_that_does_not_exist_is_refused(folder: Path, capsys: Capture) -> None:
    write(folder / "a.html", form("甲项目"))
    result = perflint(capsys, "check", ".", "--baseline", "none.json", "--lang", "en")
    assert (result.code, result.err) == (2, "perflint: none.json: no such file\n")


def test_diff_shows_only_what_is_new_since_another_report(folder: Path, capsys: Capture) -> None:
    write(folder / "a.html", form("甲项目", [*SOUND, COUNT_IN_PERCENT]))
    perflint(capsys, "check", ".", "--select", "U301", "-f", "json=before.json")
    write(folder / "a.html", form("甲项目", [*SOUND, COUNT_IN_PERCENT, OTHER]))
    result = perflint(capsys, "check", ".", *ONLY, "--diff", "before.json")
    new = [finding for finding in result.report["documents"][0]["findings"] if finding["suppressed"] is None]
    assert (result.code, [finding["indicator"] for finding in new]) == (1, [8])
