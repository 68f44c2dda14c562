"""The machine formats, each read by a consumer that is not ours where one can be had."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from junitparser import Error, Failure, JUnitXml

import perflint
from perflint.render import RenderOptions, render

FIXTURES = Path(__file__).parent.parent / "fixtures"
SCHEMAS = Path(__file__).parent / "schemas"

HOSTILE = """财政项目支出绩效目标申报表
（2026年度）
项目名称\t100%达标,“::error::”工程\t项目类别\t特定目标类
一级指标\t二级指标\t三级指标\t年度指标值
成本指标\t经济成本指标\t工程成本\t≤10.00(万元)
产出指标\t数量指标\t=1+1检查次数\t=100(%)
\t质量指标\t<b>合格率</b>|\t=100.00(%)
效益指标\t社会效益指标\t差错发生数\t=0.00(起)
满意度指标\t服务对象满意度指标\t群众满意度\t≥90.00(%)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a text, a workbook with all five defects and a file that cannot be read."""
    (tmp_path / "申报表, 第1份.txt").write_text(HOSTILE, "utf-8")
    (tmp_path / "五处.xlsx").write_bytes((FIXTURES / "files" / "five-defects.xlsx").read_bytes())
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.7 cut off")
    return tmp_path


def check(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run `perflint check .` in a folder."""
    command = [sys.executable, "-m", "perflint", "check", ".", "--no-cache", "--isolated", *arguments]
    return subprocess.run(
        command, cwd=folder, capture_output=True, env={**os.environ, **environment}, check=False
    )


def findings(folder: Path) -> dict[str, list[dict[str, object]]]:
    """The findings of the folder by file, from the JSON report."""
    report = json.loads(check(folder, "-f", "json").stdout)
    return {document["path"]: document["findings"] for document in report["documents"]}


def test_sarif_is_valid_by_its_official_schema(folder: Path) -> None:
    sarif = json.loads(check(folder, "-f", "sarif").stdout)
    jsonschema.validate(sarif, json.loads((SCHEMAS / "sarif-2.1.0.json").read_text("utf-8")))
    (run,) = sarif["runs"]
    assert run["invocations"] == [{"executionSuccessful": False}]
    assert len(run["results"]) == sum(map(len, findings(folder).values()))
    count = next(
        result
        for result in run["results"]
        if "=1+1" in result["message"]["text"] and result["ruleId"] == "U301"
    )
    rule = run["tool"]["driver"]["rules"][count["ruleIndex"]]
    assert (rule["id"], rule["name"]) == ("U301", "count-in-percent")
    place = count["locations"][0]
    assert place["physicalLocation"]["region"] == {
        "startLine": 6,
        "startColumn": 20,
        "endLine": 6,
        "endColumn": 27,
    }
    assert place["logicalLocations"][0]["fullyQualifiedName"].endswith(
        "产出指标 › 数量指标 › =1+1检查次数 · 指标值"
    )
    assert (
        place["physicalLocation"]["artifactLocation"]["uri"]
        == "%E7%94%B3%E6%8A%A5%E8%A1%A8%2C%20%E7%AC%AC1%E4%BB%BD.txt"
    )


def test_sarif_tells_the_baseline_and_suppressions_apart(folder: Path) -> None:
    check(folder, "--write-baseline", "baseline.json")
    sarif = json.loads(check(folder, "--baseline", "baseline.json", "-f", "sarif").stdout)
    states = {
        result["ruleId"][0] == "E": result.get("baselineState") for result in sarif["runs"][0]["results"]
    }
    assert states == {True: None, False: "unchanged"}


def test_junit_is_read_by_junitparser(folder: Path) -> None:
    xml = JUnitXml.fromstring(check(folder, "-f", "junit").stdout)
    suites = {suite.name: suite for suite in xml}
    expected = findings(folder)
    assert set(suites) == set(expected)
    assert [type(result) for case in suites["坏.pdf"] for result in case.result] == [Error]
    failures = [
        result for case in suites["五处.xlsx"] for result in case.result if isinstance(result, Failure)
    ]
    assert [failure.message for failure in failures] == [
        finding["message"] for finding in expected["五处.xlsx"]
    ]


def test_a_clean_file_is_a_passed_test(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes((FIXTURES / "files" / "clean.xlsx").read_bytes())
    xml = JUnitXml.fromstring(check(tmp_path, "-f", "junit").stdout)
    assert (xml.tests, xml.failures, xml.errors) == (1, 0, 0)


def test_github_commands_cannot_be_broken_out_of(folder: Path) -> None:
    lines = check(folder, "-f", "github").stdout.decode().splitlines()
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in lines)
    count = next(line for line in lines if "title=U301" in line and "=1+1" in line)
    assert count.startswith(
        "::error file=申报表%2C 第1份.txt,line=6,endLine=6,col=20,title=U301 count-in-percent::"
    )
    assert "=100(%25)" in count
    assert "%0A→ " in count


def test_github_step_summary_is_a_table(folder: Path) -> None:
    summary = folder / "summary.md"
    check(folder, "-f", "github", GITHUB_STEP_SUMMARY=str(summary))
    rows = summary.read_text("utf-8").splitlines()
    assert rows[0] == "### perflint"
    assert rows[4:6] == [
        "| 级别 | 规则 | 文件 | 位置 | 问题 | 怎么改 |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    assert all(row.count(" | ") == 5 for row in rows[6:])
    assert not any("<b>" in row for row in rows)


def test_gitlab_report_has_unique_fingerprints_even_for_copies_of_a_file(folder: Path) -> None:
    (folder / "副本.xlsx").write_bytes((folder / "五处.xlsx").read_bytes())
    issues = json.loads(check(folder, "-f", "gitlab").stdout)
    jsonschema.validate(issues, json.loads((SCHEMAS / "gitlab.json").read_text("utf-8")))
    fingerprints = [issue["fingerprint"] for issue in issues]
    assert len(fingerprints) == len(set(fingerprints)) == sum(map(len, findings(folder).values()))


def test_rdjson_columns_count_bytes(folder: Path) -> None:
    result = json.loads(check(folder, "-f", "rdjson").stdout)
    jsonschema.validate(result, json.loads((SCHEMAS / "rdjson.json").read_text("utf-8")))
    count = next(
        item
        for item in result["diagnostics"]
        if item["code"]["value"] == "U301" and "=1+1" in item["message"]
    )
    line = HOSTILE.splitlines()[5].encode()
    start, end = count["location"]["range"]["start"], count["location"]["range"]["end"]
    assert line[start["column"] - 1 : end["column"] - 1].decode() == "=100(%)"


def test_workbook_keeps_every_text_a_text(folder: Path) -> None:
    book_file = folder.parent / "list.xlsx"
    check(folder, "-f", f"xlsx={book_file}", SOURCE_DATE_EPOCH="1767225600")
    book = openpyxl.load_workbook(book_file)
    assert book.sheetnames == ["问题清单", "文件清单", "统计"]
    rows = list(book["问题清单"].iter_rows(min_row=2))
    assert len(rows) == sum(map(len, findings(folder).values()))
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n"}
    assert "=1+1检查次数" in {row[6].value for row in rows}
    assert (book["问题清单"].freeze_panes, book["问题清单"].auto_filter.ref) == ("A2", f"A1:N{len(rows) + 1}")
    first = book_file.read_bytes()
    check(folder, "-f", f"xlsx={book_file}", SOURCE_DATE_EPOCH="1767225600")
    assert book_file.read_bytes() == first


def test_all_formats_from_one_reading(folder: Path) -> None:
    names = ["json", "jsonl", "html", "sarif", "junit", "github", "gitlab", "rdjson", "xlsx"]
    out = folder.parent / "out"
    out.mkdir()
    arguments = [part for name in names for part in ("-f", f"{name}={out / name}")]
    result = check(folder, *arguments)
    assert result.returncode == 2
    assert sorted(path.name for path in out.iterdir()) == sorted(names)
    assert result.stdout == b""


def test_half_a_surrogate_pair_stops_no_report() -> None:
    report = perflint.check([FIXTURES / "files" / "five-defects.xlsx"])
    whole = render("json", report, RenderOptions("zh"))
    report["documents"][0]["findings"][0]["excerpt"] = "半\udc80"
    cut = render("json", report, RenderOptions("zh"))
    assert isinstance(whole, str)
    assert isinstance(cut, str)
    assert json.loads(cut)["documents"][0]["findings"][0]["excerpt"] == "半\udc80"
    assert [line for line in cut.splitlines() if line not in whole.splitlines()] == [
        line for line in cut.splitlines() if "半" in line
    ]
