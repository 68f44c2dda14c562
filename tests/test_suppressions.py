"""The side file of accepted findings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import codes, perflint
from tests.paper import COUNT_IN_PERCENT, SOUND, form, write

Capture = pytest.CaptureFixture[str]
ONLY = ("--select", "U301", "-f", "json")


@pytest.fixture
def form_file(folder: Path) -> Path:
    """Return a folder with one form that has one finding."""
    return write(folder / "2026" / "a.html", form("甲项目", [*SOUND, COUNT_IN_PERCENT]))


def ignore(folder: Path, entry: str) -> None:
    (folder / "perflint-ignore.toml").write_text(f"[[suppress]]\n{entry}\n", "utf-8")


@pytest.mark.parametrize(
    ("entry", "suppressed"),
    [
        ('rule = "U301"', True),
        ('rule = "count-in-percent"', True),
        ('rule = "U"', True),
        ('rule = "Q401"', False),
        ('file = "2026/"', True),
        ('file = "*.html"', True),
        ('file = "2025/**"', False),
        ('project = "甲项目"', True),
        ('project = "甲*"', True),
        ('project = "乙*"', False),
        ('indicator = "重大差错次数"', True),
        ('indicator = "*次数"', True),
        ('indicator = "重大差错"', False),
        ('rule = "U301"\nproject = "甲项目"\nindicator = "重大 差错次数"', True),
        ('rule = "U301"\nproject = "乙项目"', False),
        ('fingerprint = "0123456789abcdef"', False),
        ('rule = "U301"\nuntil = 2026-01-01', True),
        ('rule = "U301"\nuntil = 2025-12-31', False),
    ],
)
def test_what_an_entry_covers(
    form_file: Path, folder: Path, capsys: Capture, entry: str, suppressed: bool
) -> None:
    ignore(folder, f'{entry}\nreason = "已核实"')
    result = perflint(capsys, "check", ".", *ONLY)
    assert (result.code, codes(result.report)) == ((0, []) if suppressed else (1, ["U301"]))
    assert result.report["summary"]["suppressed"] == int(suppressed)


def test_the_reason_goes_into_the_report(form_file: Path, folder: Path, capsys: Capture) -> None:
    ignore(folder, 'rule = "U301"\nreason = "专家已核实"\nuntil = 2026-12-31')
    found = perflint(capsys, "check", ".", *ONLY).report["documents"][0]["findings"][0]["suppressed"]
    assert found == {"kind": "suppression", "reason": "专家已核实", "until": "2026-12-31"}


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('rule = "U301"', '1:1: the key "reason" is missing'),
        ('rule = "U301"\nreason = " "', "3:1: every suppression needs a reason"),
        ('reason = "x"', "2:1: this suppression does not say what to suppress: "),
        (
            'rule = "U309"\nreason = "x"',
            '2:9: no rule, beginning of a code, or group "U309"; did you mean "U308"?',
        ),
        ('rul = "U301"\nreason = "x"', '2:1: unknown key "rul"; did you mean "rule"?'),
        ('rule = "U301"\nreason = "x"\nuntil = "soon"', '4:1: must be date, not "soon"'),
    ],
)
def test_a_wrong_entry_is_refused(
    form_file: Path, folder: Path, capsys: Capture, entry: str, message: str
) -> None:
    ignore(folder, entry)
    result = perflint(capsys, "check", ".", "--lang", "en")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"perflint: perflint-ignore.toml:{message}")


@pytest.mark.parametrize(
    ("entry", "paths", "notice"),
    [
        ('rule = "Q401"', ".", "perflint-ignore.toml:2: this suppression is not used (x)"),
        ('rule = "N601"', ".", ""),
        ('project = "乙项目"', ".", ""),
        (
            'project = "甲项目"\nrule = "Q401"',
            "2026/a.html",
            "perflint-ignore.toml:2: this suppression is not used (x)",
        ),
        ('rule = "Q401"', "2026/a.html", ""),
        (
            'rule = "U301"\nuntil = 2025-06-30',
            ".",
            "perflint-ignore.toml:2: this suppression expired on 2025-06-30 and counts no more (x)",
        ),
    ],
)
def test_unused_and_expired_entries_are_told(
    form_file: Path, folder: Path, capsys: Capture, entry: str, paths: str, notice: str
) -> None:
    ignore(folder, f'reason = "x"\n{entry}')
    result = perflint(capsys, "check", paths, "--ignore", "N601", "--lang", "en")
    assert result.err == (f"perflint: {notice}\n" if notice else "")


def test_suppress_writes_what_check_then_reads(form_file: Path, folder: Path, capsys: Capture) -> None:
    fingerprint = perflint(capsys, "check", ".", *ONLY, "-f", "json=result.json").report["documents"][0][
        "findings"
    ][0]["fingerprint"]
    written = perflint(
        capsys,
        "suppress",
        fingerprint,
        "--reason",
        '经办人说"已核实"',
        "--until",
        "2026-06-30",
        "--report",
        "result.json",
    )
    assert (written.code, written.err) == (0, "已把 1 处写入 perflint-ignore.toml\n")
    assert (folder / "perflint-ignore.toml").read_text("utf-8") == (
        "\n# U301 甲项目 “重大差错次数”是计数指标，指标值“=0(%)”的单位却是 %\n[[suppress]]\n"
        f'fingerprint = "{fingerprint}"\nreason = "经办人说\\"已核实\\""\nuntil = 2026-06-30\n'
    )
    after = perflint(capsys, "check", ".", *ONLY)
    assert (after.code, after.report["summary"]["suppressed"]) == (0, 1)
    again = perflint(capsys, "suppress", fingerprint, "--reason", "x")
    assert again.err == "已把 0 处写入 perflint-ignore.toml\n"


def test_disputed_findings_of_a_review_become_suppressions(
    form_file: Path, folder: Path, capsys: Capture
) -> None:
    fingerprint = perflint(capsys, "check", ".", *ONLY).report["documents"][0]["findings"][0]["fingerprint"]
    reviews = [
        {
            "fingerprint": fingerprint,
            "decision": "dispute",
            "note": "合同如此\n约定",
            "code": "U301",
            "project": "甲项目",
        },
        {"fingerprint": "1" * 16, "decision": "dispute", "note": "  "},
        {"fingerprint": "2" * 16, "decision": "accept", "note": "退回修改"},
    ]
    (folder / "review.json").write_text(json.dumps({"reviews": reviews}), "utf-8")
    result = perflint(capsys, "suppress", "--from", "review.json")
    assert (result.code, result.err) == (0, "已把 1 处写入 perflint-ignore.toml\n")
    assert (folder / "perflint-ignore.toml").read_text("utf-8") == (
        f'\n# U301 甲项目\n[[suppress]]\nfingerprint = "{fingerprint}"\nreason = "合同如此 约定"\n'
    )
    assert perflint(capsys, "check", ".", *ONLY).code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "give fingerprints and a --reason, or a review with --from"),
        (("abc",), "give fingerprints and a --reason, or a review with --from"),
        (("abc", "--reason", " "), "give fingerprints and a --reason, or a review with --from"),
        (("--from", "review.json", "abc"), "give fingerprints and a --reason, or a review with --from"),
        (("--from", "form.html"), "form.html: not a review exported from the report"),
        (("--from", "list.json"), "list.json: not a review exported from the report: TypeError"),
    ],
)
def test_suppress_says_what_it_needs(
    folder: Path, capsys: Capture, arguments: tuple[str, ...], message: str
) -> None:
    (folder / "form.html").write_text("<p>", "utf-8")
    (folder / "list.json").write_text("[]", "utf-8")
    result = perflint(capsys, "suppress", *arguments, "--lang", "en")
    assert result.code == 2
    assert message in result.err
    assert not (folder / "perflint-ignore.toml").exists()
