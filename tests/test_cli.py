"""The command line: exit codes, streams, and what is said when something cannot be done."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from wcwidth import wcswidth

from perflint import __version__
from perflint.cli.group import COMMANDS, group
from perflint.publish.reference import PAGES, refreshed
from tests.command import codes, perflint
from tests.paper import COUNT_IN_PERCENT, SOUND, form, page, write

Capture = pytest.CaptureFixture[str]
FIXTURES = Path(__file__).parent.parent / "fixtures"
PROGRAM = (sys.executable, "-m", "perflint")


@pytest.fixture
def sound(folder: Path) -> Path:
    return write(folder / "sound.html", form("甲项目"))


@pytest.fixture
def faulty(folder: Path) -> Path:
    return write(folder / "faulty.html", form("乙项目", [*SOUND, COUNT_IN_PERCENT]))


# Exit codes


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["sound.html"], 0),
        (["faulty.html"], 1),
        (["."], 1),
        ([], 1),
        (["sound.html", "--fail-on", "advice"], 0),
        (["faulty.html", "--ignore", "U301"], 0),
        (["faulty.html", "--fail-on", "never"], 0),
        (["faulty.html", "--exit-zero"], 0),
        (["faulty.html", "none.html", "--exit-zero"], 2),
        (["faulty.html", "--select", "Q"], 0),
        (["none.html"], 2),
        (["faulty.html", "none.html"], 2),
        (["faulty.html", "--nonsense"], 2),
        (["faulty.html", "--select", "ZZ999"], 2),
        (["faulty.html", "--fail-on", "nonsense"], 2),
        (["faulty.html", "-f", "nonsense"], 2),
        (["faulty.html", "--config", "none.toml"], 2),
        (["faulty.html", "-f", "json=no/such/folder.json"], 2),
        (["-", "faulty.html"], 2),
    ],
)
def test_exit_codes(sound: Path, faulty: Path, capsys: Capture, arguments: list[str], code: int) -> None:
    result = perflint(capsys, "check", *arguments)
    assert result.code == code, result.err
    assert "Traceback" not in result.err


def test_severities_decide_what_fails(folder: Path, faulty: Path, capsys: Capture) -> None:
    (folder / "perflint.toml").write_text('[severity]\nU301 = "warning"\n', "utf-8")
    only = ("check", "faulty.html", "--select", "U301")
    assert [perflint(capsys, *only, "--fail-on", level).code for level in ("error", "warning", "advice")] == [
        0,
        1,
        1,
    ]


# Bad input


def bad_inputs(folder: Path) -> dict[str, str]:
    """Write what no reader can use and return the code that each file must end in."""
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "photo.pdf").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200))
    whole = (FIXTURES / "files" / "declaration-2023-jiading.reportlab.pdf").read_bytes()
    (folder / "cut.pdf").write_bytes(whole[: len(whole) // 3])
    (folder / "nothing.html").write_text("<table></table>", "utf-8")
    (folder / "noise.txt").write_bytes(bytes(range(128, 256)) * 20)
    (folder / "half.docx").write_bytes(
        (FIXTURES / "files" / "declaration-2023-jiading.docx").read_bytes()[:3000]
    )
    (folder / "cut.html").write_text(page(form("甲项目", ())), "utf-8")
    return {
        "empty.pdf": "E901",
        "photo.pdf": "E901",
        "cut.pdf": "E901",
        "half.docx": "E901",
        "nothing.html": "E902",
        "noise.txt": "E90",
        "cut.html": "E904",
    }


def test_bad_input_ends_in_a_finding_and_the_rest_is_checked(
    folder: Path, faulty: Path, capsys: Capture
) -> None:
    expected = bad_inputs(folder)
    result = perflint(capsys, "check", faulty.name, *expected, "-f", "json")
    assert (result.code, result.err) == (2, "")
    found = {
        document["path"]: [one["code"] for one in document["findings"]]
        for document in result.report["documents"]
    }
    assert "U301" in found.pop("faulty.html")
    assert set(found) == set(expected)
    for name, code in expected.items():
        assert any(one.startswith(code) for one in found[name]), (name, found[name])


@pytest.mark.parametrize(
    "name", ["empty.pdf", "photo.pdf", "cut.pdf", "half.docx", "nothing.html", "noise.txt", "cut.html"]
)
def test_each_bad_input_alone_exits_with_2(folder: Path, capsys: Capture, name: str) -> None:
    bad_inputs(folder)
    result = perflint(capsys, "check", name)
    assert result.code == 2
    assert name in result.out
    assert "Traceback" not in result.out + result.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("none.pdf",), "perflint: none.pdf: no such file or folder\n"),
        (("empty",), "perflint: empty: no file to check in this folder\n"),
    ],
)
def test_what_is_not_there_is_told_on_stderr(
    folder: Path, faulty: Path, capsys: Capture, arguments: tuple[str, ...], message: str
) -> None:
    (folder / "empty").mkdir()
    result = perflint(capsys, "check", *arguments, "faulty.html", "-f", "json", "--lang", "en")
    assert (result.code, result.err) == (2, message)
    assert "U301" in codes(result.report)


def test_a_file_that_may_not_be_read_is_a_finding(folder: Path, capsys: Capture) -> None:
    (folder / "a.pdf").mkdir()
    (folder / "b.pdf").symlink_to("nowhere")
    (folder / "loop.pdf").symlink_to("loop.pdf")
    result = perflint(capsys, "check", "b.pdf", "loop.pdf", "--lang", "en")
    assert result.code == 2
    assert "Traceback" not in result.err


# Files without a form


def test_a_file_without_a_form_fails_where_it_is_named_and_is_listed_where_it_is_found(
    folder: Path, sound: Path, capsys: Capture
) -> None:
    (folder / "letter.html").write_text("<p>关于召开会议的通知</p>", "utf-8")
    named = perflint(capsys, "check", "letter.html", "-f", "json")
    assert (named.code, codes(named.report)) == (2, ["E902"])
    found = perflint(capsys, "check", ".")
    assert (found.code, found.out) == (
        0,
        "以下文件没有找到绩效表，未检查：\n  letter.html\n\n"
        "✔ 通过  检查了 1 个文件、1 张表 · 0 处错误，0 处警告，1 条提示 · 1 个文件没有绩效表\n",
    )
    off = perflint(capsys, "check", "letter.html", "--ignore", "no-form-found", "-f", "json")
    assert (off.code, codes(off.report), off.report["documents"][0]["status"]) == (0, [], "no-form")


# Streams and formats


def test_a_folder_without_any_form_has_not_passed(folder: Path, capsys: Capture) -> None:
    (folder / "notes.html").write_text("<p>通知</p>", "utf-8")
    result = perflint(capsys, "check", ".")
    assert result.code == 0
    assert result.out.splitlines()[-1].startswith("⚠ 有文件未能检查  检查了 0 个文件、0 张表")


def test_stdout_carries_the_payload_only(sound: Path, capsys: Capture) -> None:
    result = perflint(capsys, "check", "sound.html", "none.html", "-f", "json", "--timings")
    assert result.report["summary"]["documents"]["checked"] == 1
    assert "none.html" in result.err


def test_one_reading_feeds_several_formats(faulty: Path, folder: Path, capsys: Capture) -> None:
    result = perflint(
        capsys, "check", ".", "-f", "jsonl", "-f", "json=out.json", "-f", "text=out.txt", "--lang", "en"
    )
    lines = [json.loads(line) for line in result.out.splitlines()]
    assert [line["type"] for line in lines] == ["document", "finding", "summary"]
    report = json.loads((folder / "out.json").read_text("utf-8"))
    assert report["documents"][0]["findings"][0] == {
        key: lines[1][key] for key in lines[1] if key not in ("type", "path")
    }
    assert "U301" in (folder / "out.txt").read_text("utf-8")
    assert result.err == "wrote out.json\nwrote out.txt\n"


def test_two_formats_cannot_share_stdout(faulty: Path, capsys: Capture) -> None:
    result = perflint(capsys, "check", ".", "-f", "json", "-f", "text", "--lang", "en")
    assert (result.code, result.out) == (2, "")
    assert "only one format can go to stdout" in result.err


def test_an_unknown_format_is_refused_with_the_nearest(faulty: Path, capsys: Capture) -> None:
    result = perflint(capsys, "check", ".", "-f", "jsn=x", "--lang", "en")
    assert result.code == 2
    assert 'no format "jsn" (there are: text, json, jsonl, ' in result.err
    assert 'did you mean "json"?' in result.err


def test_a_wrong_selector_is_marked_in_the_option(faulty: Path, capsys: Capture) -> None:
    result = perflint(
        capsys, "check", ".", "--select", "U301,Q4O1", "--select", "count-in-prcent", "--lang", "en"
    )
    assert (result.code, result.out) == (2, "")
    assert result.err == (
        'perflint: --select: no rule, beginning of a code, or group "Q4O1"; did you mean "Q412"?\n'
        "  --select U301,Q4O1,count-in-prcent\n                ^^^^\n"
        'perflint: --select: no rule, beginning of a code, or group "count-in-prcent"; did you mean "count-in-percent"?\n'
        "  --select U301,Q4O1,count-in-prcent\n                     ^^^^^^^^^^^^^^^\n"
    )


def test_select_on_the_command_line_starts_afresh(folder: Path, faulty: Path, capsys: Capture) -> None:
    (folder / "perflint.toml").write_text('select = ["Q"]\nignore = ["U301"]\n', "utf-8")

    def found(*options: str) -> list[str]:
        return codes(perflint(capsys, "check", "faulty.html", "-f", "json", *options).report)

    assert found() == []
    assert found("--select", "U") == ["U301"]
    assert found("--extend-select", "U") == []
    assert found("--extend-select", "U", "--ignore", "S") == ["U301"]
    assert found("--isolated", "--extend-ignore", "U301") == []


def test_standard_input_is_read_under_the_name_it_is_given(folder: Path, capsys: Capture) -> None:
    data = page(form("甲项目", [*SOUND, COUNT_IN_PERCENT])).encode()
    result = perflint(capsys, "check", "-", "--stdin-filename", "sub/a.html", "-f", "json", stdin=data)
    assert (result.code, codes(result.report), result.report["documents"][0]["path"]) == (
        1,
        ["U301"],
        "sub/a.html",
    )
    nameless = perflint(capsys, "check", "-", "-f", "json", stdin=data)
    assert (nameless.code, nameless.report["documents"][0]["path"]) == (1, "-")


def test_statistics_and_timings(sound: Path, faulty: Path, capsys: Capture) -> None:
    result = perflint(capsys, "check", ".", "--select", "U", "--statistics", "--timings", "--lang", "en")
    assert result.out.split("\n\n")[1:3] == [
        "By rule                             error  warning  advice  forms\n"
        "U301     Count measured in percent  1      0        0       1",
        "By unit               error  warning  advice  forms\n甲区疾病预防控制中心  1      0        0       2",
    ]
    assert re.search(r"^read and recognise\s+\d+\.\d{3}$", result.err, re.MULTILINE)
    assert re.search(r"^faulty\.html\s+\d+\.\d{3}$", result.err, re.MULTILINE)


# Other commands


def test_report_renders_saved_results_again_and_merges_them(
    sound: Path, faulty: Path, capsys: Capture
) -> None:
    direct = perflint(capsys, "check", "sound.html", "faulty.html", "--select", "U")
    for name in ("sound", "faulty"):
        perflint(capsys, "check", f"{name}.html", "--select", "U", "-f", f"json={name}.json")
    merged = perflint(capsys, "report", "sound.json", "faulty.json")
    assert (merged.code, merged.out) == (direct.code, direct.out)
    assert perflint(capsys, "report", "sound.json").code == 0
    assert perflint(capsys, "report", "faulty.json", "--exit-zero").code == 0


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"tool": 1, "documents": [], "summary": {}}'])
def test_report_refuses_what_is_no_report(folder: Path, capsys: Capture, content: str) -> None:
    (folder / "x.json").write_text(content, "utf-8")
    result = perflint(capsys, "report", "x.json", "--lang", "en")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("perflint: x.json: not a JSON report of perflint: ")


def test_extract_gives_what_was_read(sound: Path, capsys: Capture) -> None:
    (document,) = perflint(capsys, "extract", "sound.html").report["documents"]
    (read,) = document["forms"]
    assert (read["project_name"], read["header"]["实施单位"]) == ("甲项目", "甲区疾病预防控制中心")
    rows = [(row["level1"], row["level2"], row["name"], row["target"]["text"]) for row in read["indicators"]]
    assert rows == list(SOUND)
    assert document["findings"] == []


def test_extract_as_a_table_stands_right_with_chinese(sound: Path, capsys: Capture) -> None:
    lines = perflint(capsys, "extract", "sound.html", "-f", "table").out.splitlines()
    assert lines[:4] == [
        "sound.html",
        "",
        "第 1 张表 财政项目支出绩效目标申报表《甲项目》",
        "  项目性质: 一次性项目",
    ]
    assert lines[-8:-6] == [
        "  序号  一级指标    二级指标            三级指标        指标值",
        "  1     成本指标    经济成本指标        设备购置成本    ≤10.00(万元)",
    ]


def test_extract_as_csv_holds_no_formula(sound: Path, capsys: Capture) -> None:
    lines = perflint(capsys, "extract", "sound.html", "-f", "csv", "--lang", "en").out.splitlines()
    assert lines[0].startswith(
        "\ufefffile,form,kind,year,project,no.,level 1,level 2,indicator,target,comparator"
    )
    assert ",购置设备数量,'=2.00(台),=,2.00,台," in lines[2]


def test_extract_as_workbook_holds_text_only(sound: Path, folder: Path, capsys: Capture) -> None:
    from openpyxl import load_workbook

    assert perflint(capsys, "extract", "sound.html", "-f", "xlsx", "-o", "out.xlsx").code == 0
    book = load_workbook(folder / "out.xlsx")
    assert book.sheetnames == ["指标", "其他内容"]
    assert (book["指标"]["J3"].value, book["指标"]["J3"].data_type) == ("=2.00(台)", "s")
    fields = {row[3]: row[4] for row in book["其他内容"].iter_rows(values_only=True)}
    assert fields["年度资金申请总额"] == "100,000.00"


def test_extract_says_what_it_could_not_read(sound: Path, folder: Path, capsys: Capture) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    result = perflint(capsys, "extract", "sound.html", "broken.pdf")
    assert (result.code, codes(result.report)) == (2, ["E901"])


def test_rules_lists_what_applies(folder: Path, capsys: Capture) -> None:
    rules = json.loads(perflint(capsys, "rules", "-f", "json", "--ignore", "U").out)
    active = {rule["code"]: rule["active"] for rule in rules}
    assert (active["U301"], active["Q401"]) == (False, True)
    listed = perflint(capsys, "rules", "--ignore", "U").out.splitlines()
    units = listed[listed.index("units") :]
    assert re.fullmatch(r"  U301  错误  计数指标用了百分比单位 +count-in-percent +停用", units[1])


def test_rules_test_runs_the_examples(folder: Path, capsys: Capture) -> None:
    result = perflint(capsys, "rules", "test")
    assert (result.code, result.err) == (0, ""), result.out
    assert re.fullmatch(r"\d+ 条规则的 \d+ 个例子全部符合\n", result.out)


def test_explain_takes_code_and_name(capsys: Capture) -> None:
    by_code = perflint(capsys, "explain", "U301", "--lang", "en")
    assert by_code.out.startswith("U301 count-in-percent — ")
    assert perflint(capsys, "explain", "count-in-percent", "--lang", "en").out == by_code.out
    wrong = perflint(capsys, "explain", "count-in-percents", "--lang", "en")
    assert (wrong.code, wrong.out) == (2, "")
    assert wrong.err == (
        'perflint: explain: no rule "count-in-percents"; did you mean "count-in-percent"?\n'
        "  perflint explain count-in-percents\n                   ^^^^^^^^^^^^^^^^^\n"
    )


def test_config_shows_where_each_setting_comes_from(folder: Path, capsys: Capture) -> None:
    (folder / "perflint.toml").write_text('fail-on = "warning"\n[severity]\nU301 = "advice"\n', "utf-8")
    shown = perflint(capsys, "config", "show").out.splitlines()
    assert 'fail-on = "warning"  # perflint.toml' in shown
    assert shown[shown.index("[severity]  # perflint.toml") + 1] == 'U301 = "advice"'
    assert 'language = "zh"' in shown
    assert perflint(capsys, "config", "check").out == "设置没有问题：perflint.toml\n"


def test_config_check_refuses_what_check_would(folder: Path, capsys: Capture) -> None:
    (folder / "perflint.toml").write_text('baseline = "none.json"\n', "utf-8")
    result = perflint(capsys, "config", "check", "--lang", "en")
    assert (result.code, result.err) == (2, f"perflint: {folder / 'none.json'}: no such file\n")


def test_init_writes_what_works_and_leaves_the_rest_alone(folder: Path, sound: Path, capsys: Capture) -> None:
    (folder / ".git").mkdir()
    first = perflint(capsys, "init")
    names = ["perflint.toml", ".pre-commit-config.yaml", ".github/workflows/perflint.yml"]
    assert first.out.splitlines() == [f"已写入 {name}" for name in names]
    kept = {name: (folder / name).read_bytes() for name in names}
    assert perflint(capsys, "init").out.splitlines() == [f"{name} 已存在，未改动" for name in names]
    assert {name: (folder / name).read_bytes() for name in names} == kept
    assert perflint(capsys, "config", "check").code == 0
    assert perflint(capsys, "check", ".").code == 0


def test_init_shows_what_to_add_to_a_file_that_exists(folder: Path, capsys: Capture) -> None:
    (folder / ".gitlab-ci.yml").write_text("test: {}\n", "utf-8")
    result = perflint(capsys, "init")
    assert ".gitlab-ci.yml 已存在，未改动\n请自行加入以下内容：\n\nperflint:\n  image:" in result.out


# Git


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def test_staged_checks_what_would_be_committed(folder: Path, capsys: Capture) -> None:
    git(folder, "init", "-q")
    write(folder / "sub" / "甲.html", form("甲项目", [*SOUND, COUNT_IN_PERCENT]))
    write(folder / "b.html", form("乙项目", [*SOUND, COUNT_IN_PERCENT]))
    (folder / "notes.md").write_text("x", "utf-8")
    git(folder, "add", "sub", "notes.md")
    write(folder / "sub" / "甲.html", form("甲项目"))  # mended, but not staged
    result = perflint(capsys, "check", "--staged", "-f", "json")
    assert (result.code, [document["path"] for document in result.report["documents"]]) == (
        1,
        ["sub/甲.html"],
    )
    git(folder, "add", "sub")
    assert perflint(capsys, "check", "--staged").code == 0
    git(folder, "commit", "-q", "-m", "x")
    nothing = perflint(capsys, "check", "--staged", "--lang", "en")
    assert (nothing.code, nothing.err) == (0, "no staged file to check\n")


def test_staged_outside_a_repository_is_refused(folder: Path, capsys: Capture) -> None:
    result = perflint(capsys, "check", "--staged", "--lang", "en")
    assert result.code == 2
    assert re.fullmatch(r"perflint: --staged needs a git repository: fatal: not a git repo.*\n", result.err)


# The program as a whole


def loaded(*arguments: str) -> tuple[set[str], str]:
    """Return the modules that a command has loaded, and what it wrote."""
    code = (
        "import sys, perflint.cli as cli; code = cli.run(sys.argv[1:]); sys.stdout.flush();"
        "print(*sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    return set(done.stderr.split()), done.stdout


def test_version_loads_no_reader_and_no_library_that_it_does_not_need() -> None:
    modules, out = loaded("--version")
    assert out == f"perflint, version {__version__}\n"
    heavy = (
        "jinja2",
        "jsonschema",
        "lxml",
        "pdfplumber",
        "pypdfium2",
        "openpyxl",
        "docx",
        "pathspec",
        "wcwidth",
        "asyncio",
    )
    assert {name for name in modules if name.split(".")[0] in heavy} == set()
    ours = {name for name in modules if name.startswith("perflint")}
    assert ours == {
        "perflint", "perflint.cli", "perflint.cli.group", "perflint.cli.trouble", "perflint.report",
        "perflint.report.verdict", "perflint.wording",
    }  # fmt: skip


def test_a_run_from_the_cache_loads_no_reader(faulty: Path) -> None:
    loaded("check", str(faulty))
    modules, out = loaded("check", str(faulty))
    assert "U301" in out
    heavy = ("jinja2", "jsonschema", "lxml", "pdfplumber", "pypdfium2", "openpyxl", "docx")
    assert {name for name in modules if name.split(".")[0] in heavy} == set()


def test_the_program_runs_as_a_module(faulty: Path) -> None:
    done = subprocess.run([*PROGRAM, "check", faulty, "-f", "json"], capture_output=True, check=False)
    assert (done.returncode, codes(json.loads(done.stdout)), done.stderr) == (1, ["U301"], b"")


def test_ctrl_c_ends_at_once_with_what_is_there(folder: Path) -> None:
    write(folder / "a.html", form("甲项目", [*SOUND, COUNT_IN_PERCENT]))
    os.mkfifo(folder / "b.html")
    command = [*PROGRAM, "check", "a.html", "b.html", "-f", "json", "--no-cache", "--lang", "en"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    # Opening waits until the reader is there: then the first file is done, and the second one takes for ever.
    with (folder / "b.html").open("wb"):
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, err.decode()) == (130, "interrupted: 1 of 2 files checked\n")
    assert codes(json.loads(out)) == ["U301"]


def test_a_bug_of_ours_ends_in_a_log_to_paste(
    faulty: Path, folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERFLINT_CACHE_DIR", str(folder / "cache"))
    monkeypatch.setattr("perflint.cli.check.report_of", lambda *_: 1 / 0)
    result = perflint(capsys, "check", ".", "--lang", "en")
    assert (result.code, result.out) == (2, "")
    assert f"- perflint {__version__}, Python " in result.err
    assert "- `perflint check . --lang en`" in result.err
    assert "ZeroDivisionError: division by zero" in result.err
    log = (folder / "cache" / "perflint.log").read_text("utf-8")
    assert log.strip() in result.err


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "command", [(), *((name,) for name in COMMANDS), ("rules", "test"), ("config", "show")]
)
def test_every_help_page_is_there(capsys: Capture, command: tuple[str, ...], language: str) -> None:
    result = perflint(capsys, *command, "--help", "--lang", language)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith({"zh": "用法： perflint", "en": "Usage: perflint"}[language])
    assert max(wcswidth(line) for line in result.out.splitlines()) <= 80
    assert ("显示帮助" if language == "zh" else "show this page") in result.out


def test_without_a_command_the_help_page_is_shown(capsys: Capture) -> None:
    result = perflint(capsys)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("用法： perflint [OPTIONS] COMMAND [ARGS]...\n")


@pytest.mark.parametrize(
    ("arguments", "chinese", "english"),
    [
        (
            ("check", "--formt", "json"),
            "没有“--formt”这个选项；是否想写“--format”？",
            "No such option '--formt'. Did you mean '--format'?",
        ),
        (("chekc",), "没有“chekc”这个命令；是否想写“check”？", 'no command "chekc"; did you mean "check"?'),
        (("explain",), "缺少参数 CODE|NAME", "Missing argument 'CODE|NAME'."),
        (
            ("check", "--select"),
            "选项 --select 缺少它的值，或者是不带值的选项",
            "Option '--select' requires an argument.",
        ),
        (
            ("check", "--quiet=1"),
            "选项 --quiet 缺少它的值，或者是不带值的选项",
            "Option '--quiet' does not take a value.",
        ),
        (
            ("check", "-j", "x"),
            "--jobs 的值不对，应为：不小于 0 的整数",
            "Invalid value for '-j' / '--jobs': 'x' is not a valid integer range.",
        ),
        (
            ("check", "--fail-on", "x"),
            "--fail-on 的值不对，应为：error, warning, advice, never",
            "Invalid value for '--fail-on': 'x' is not one of 'error', 'warning', 'advice', 'never'.",
        ),
        (
            ("suppress", "--until", "2026", "--reason", "x", "0" * 16),
            "--until 的值不对，应为：日期，如 2026-12-31",
            "Invalid value for '--until': '2026' does not match the format '%Y-%m-%d'.",
        ),
        (
            ("suppress", "U301", "--reason", "x"),
            "“U301”不是指纹：指纹是报告里的 16 位十六进制数",
            '"U301" is no fingerprint: that is a number of 16 hexadecimal digits in a report',
        ),
    ],
)
def test_a_wrong_command_line_is_refused_in_the_users_language(
    capsys: Capture, arguments: tuple[str, ...], chinese: str, english: str
) -> None:
    for language, message in (("zh", chinese), ("en", english)):
        result = perflint(capsys, "--lang", language, *arguments)
        assert (result.code, result.out) == (2, "")
        assert result.err.splitlines()[-1] == f"perflint: {message}"


def options_of(command: click.Command) -> set[str]:
    names = {
        name for parameter in command.params if isinstance(parameter, click.Option) for name in parameter.opts
    }
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            inner = command.get_command(click.Context(command), name)
            names |= options_of(inner) if inner else set()
    return names


def test_every_option_is_in_the_docs() -> None:
    text = (Path(__file__).parent.parent / "docs" / "cli.md").read_text("utf-8")
    assert {name for name in options_of(group) if f"`{name}`" not in text} == {"--version"}


@pytest.mark.parametrize("name", PAGES)
def test_the_tables_in_the_docs_follow_the_program(name: str) -> None:
    text = (Path(__file__).parent.parent / "docs" / name).read_text("utf-8")
    assert refreshed(text) == text, "run python -m perflint.publish.reference"


def test_a_settings_file_below_the_one_in_use_is_told_of(folder: Path, capsys: Capture) -> None:
    (folder / "perflint.toml").write_text("", "utf-8")
    write(folder / "unit" / "a.html", form("甲项目"))
    (folder / "unit" / "perflint.toml").write_text('ignore = ["U"]\n', "utf-8")
    result = perflint(capsys, "check", ".", "--lang", "en")
    assert (result.code, result.err) == (
        0,
        "perflint: unit/perflint.toml was not used: a run has one settings file (perflint.toml); "
        "check its folder on its own to use it\n",
    )
    assert perflint(capsys, "check", "unit", "--lang", "en").err == ""
