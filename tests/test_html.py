"""The HTML report, looked at without a browser."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from base64 import b64decode, b64encode
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from PIL import Image

from perflint.render import RenderOptions
from perflint.render.html import album, render
from perflint.render.spots import place_in_words, spot_in_words
from perflint.report import DocumentJson, PlaceJson, ReportJson
from perflint.wording import wording
from tests.report_samples import checksum, document, finding, form, indicator, options, report

PDF = Path(__file__).parent.parent / "fixtures" / "files" / "five-defects.reportlab.pdf"
COUNT = indicator(1, "监测次数", "=100.00(%)")
AGAIN = indicator(2, "巡查次数", "=90.00(%)")


def page_of(made: ReportJson, base: Path, **other: Any) -> html.HtmlElement:
    """Return the report as a browser without scripts has it."""
    return html.document_fromstring(render(made, options(base, **other)))


def index_of(page: html.HtmlElement) -> Any:
    """Return what the page's scripts know of its sections and cards."""
    return json.loads(page.cssselect("#index")[0].text)


def text_of(elements: list[html.HtmlElement]) -> list[str]:
    return [" ".join(element.text_content().split()) for element in elements]


def with_pdf(folder: Path, **other: Any) -> DocumentJson:
    """Return a document that lies in a folder as a PDF."""
    shutil.copy(PDF, folder / "表.pdf")
    return document(
        form(COUNT, AGAIN), findings=other.pop("findings", [finding("U301", COUNT)]),
        sha256=checksum(PDF), **other,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("documents", "headline"),
    [
        ([document(form(COUNT), findings=[])], "✓通过"),
        ([document(form(COUNT), findings=[finding("Q406", COUNT, severity="advice")])], "✓通过"),
        ([document(form(COUNT), findings=[finding("U301", COUNT)])], "✕有问题"),
        (
            [
                document(form(COUNT), findings=[finding("U301", COUNT)]),
                document(findings=[finding("E901", None, form=None)], path="坏.pdf", status="unreadable"),
            ],
            "!有文件未能检查",
        ),
        ([], "!有文件未能检查"),
    ],
)
def test_headline_says_the_verdict_in_sign_and_words(
    documents: list[DocumentJson], headline: str, tmp_path: Path
) -> None:
    assert text_of(page_of(report(*documents), tmp_path).cssselect("h1")) == [headline]


def test_findings_of_a_rule_in_a_form_are_one_card_with_its_rows_marked(tmp_path: Path) -> None:
    findings = [finding("U301", COUNT), finding("U301", AGAIN)]
    page = page_of(report(document(form(COUNT, AGAIN), findings=findings)), tmp_path)
    (card,) = page.cssselect(".card")
    assert text_of(card.cssselect("h4")) == ["✕ 错误 计数指标用了百分比单位 2 处 U301"]
    assert text_of(card.cssselect(".message")) == ["1U301 在“监测次数”", "2U301 在“巡查次数”"]
    assert text_of(card.cssselect(".where")) == [
        "第 1 页 · 产出指标 › 数量指标 › 监测次数 · 指标值 #",
        "第 1 页 · 产出指标 › 数量指标 › 巡查次数 · 指标值 #",
    ]
    rows = [text_of(row.cssselect("th, td")) for row in card.cssselect("table tr")]
    assert rows == [
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "监测次数", "1=100.00(%)"],
        ["产出指标", "数量指标", "巡查次数", "2=90.00(%)"],
    ]
    assert text_of(card.cssselect("mark")) == ["=100.00(%)", "=90.00(%)"]


def test_text_to_paste_stands_apart_from_advice_and_templates_are_never_shown(tmp_path: Path) -> None:
    findings = [
        finding("U301", COUNT, suggestion="=0(次)", replacement="=0(次)"),
        finding("Q406", AGAIN, suggestion="写出标准"),
    ]
    page = page_of(report(document(form(COUNT, AGAIN), findings=findings)), tmp_path)
    assert text_of(page.cssselect(".paste code")) == ["=0(次)"]
    assert text_of(page.cssselect(".remedy")) == ["改为=0(次)复制", "怎么改写出标准"]
    assert "{{" not in page.text_content()


def test_rules_are_explained_once_and_every_card_points_to_its_rule(tmp_path: Path) -> None:
    findings = [finding("U301", COUNT), finding("Q406", AGAIN), finding("S101", None)]
    made = report(document(form(COUNT, AGAIN), findings=findings))
    made["rules"]["U301"]["basis"] = ["财预〔2021〕101号"]
    page = page_of(made, tmp_path)
    links = [link.get("href") for link in page.cssselect(".card .explain")]
    assert links == ["#rule-U301", "#rule-Q406", "#rule-S101"]
    assert text_of(page.cssselect("#rule-U301")) == [
        "U301 计数指标用了百分比单位 为什么计数要用量词。依据财预〔2021〕101号"
    ]


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    hostile = "</noscript><script>alert(1)</script><img src=x onerror=alert(2)>\"'&\x00\u202e]]>"
    row = indicator(1, hostile, hostile, remark=hostile)
    made = form(
        row, project=hostile, header={"实施单位": hostile, hostile: hostile}, goals={hostile: hostile}
    )
    found = finding(
        "U301", row, message=hostile, suggestion=hostile, replacement=hostile, fingerprint='"><b>'
    )
    source = render(report(document(made, findings=[found], path=f"{hostile}.pdf")), options(tmp_path))
    page = html.document_fromstring(source)
    assert [script.get("type") for script in page.cssselect("script")] == [None, "application/json", None]
    assert [image.get("src") for image in page.cssselect("img")] == []
    assert [name for element in page.iter() for name in element.attrib if name.startswith("on")] == []
    # With scripts on, <noscript> is text up to the first "</noscript": ours must be the only ones.
    markup = re.sub(r"(?s)<script>.*?</script>", "", source)
    assert markup.count("</noscript") == markup.count("<noscript")
    assert "\x00" not in source
    assert "\u202e" not in source
    shown = hostile.replace("\x00", "�").replace("\u202e", "�")
    assert page.cssselect(".message")[0].text_content() == shown
    assert index_of(page)["sections"][0][4] == hostile.replace("\u202e", "�")


def test_policy_allows_this_style_and_this_script_alone(tmp_path: Path) -> None:
    page = page_of(report(document(form(COUNT), findings=[finding("U301", COUNT)])), tmp_path)
    policy = page.cssselect("meta[http-equiv]")[0].get("content")

    def source_hash(element: html.HtmlElement) -> str:
        digest = hashlib.sha256((element.text or "").encode()).digest()
        return f"'sha256-{b64encode(digest).decode()}'"

    style, (first, _, second) = page.cssselect("style")[0], page.cssselect("script")
    assert policy == (
        f"default-src 'none'; img-src data:; style-src {source_hash(style)}; "
        f"script-src {source_hash(first)} {source_hash(second)}; base-uri 'none'; form-action 'none'"
    )
    assert page.cssselect("[style], link, iframe, object, embed, [src]") == []


def test_same_report_same_bytes(tmp_path: Path) -> None:
    made = report(with_pdf(tmp_path))
    assert render(made, options(tmp_path)) == render(made, options(tmp_path))


def test_page_picture_is_embedded_once_and_cropped_around_the_cell(tmp_path: Path) -> None:
    findings = [finding("U301", COUNT), finding("Q406", COUNT, severity="advice")]
    page = page_of(report(with_pdf(tmp_path, findings=findings)), tmp_path)
    (image,) = page.cssselect("image")
    picture = Image.open(BytesIO(b64decode(image.get("href").removeprefix("data:image/png;base64,"))))
    assert (picture.format, picture.mode, min(picture.size)) == ("PNG", "P", 900)
    crops = page.cssselect(".crop svg")
    # As wide as the form's table (50–450) with 8 points beside it; 26 points above and below the cell.
    assert [crop.get("viewbox") for crop in crops] == ["42 174 416 72", "42 174 416 72"]
    assert [use.get("href") for use in page.cssselect(".crop use")] == ["#image-page-1", "#image-page-1"]
    (box,) = crops[0].cssselect(".box")
    assert [box.get(name) for name in ("x", "y", "width", "height")] == ["350.0", "200.0", "100.0", "20.0"]
    assert crops[0].cssselect(".dim")[0].get("d") == (
        "M42.0 174.0h416.0v72.0h-416.0zM350.0 200.0h100.0v20.0h-100.0z"
    )
    assert text_of(page.cssselect(".page-findings li")) == [
        "✕ 错误 计数指标用了百分比单位● 提示 指标值无法核对"
    ]


def test_frames_of_a_picture_that_was_read_are_evidence_on_their_sheet(tmp_path: Path) -> None:
    frames = [Image.new("RGB", size, "white") for size in ((1654, 2339), (1200, 900))]
    path = tmp_path / "扫描.tif"
    frames[0].save(path, save_all=True, append_images=frames[1:], dpi=(200, 200))
    findings = [
        finding("U301", COUNT),
        finding("Q406", AGAIN, place={"page": 2, "box": [10.0, 10.0, 90.0, 30.0]}),
        finding("D201", AGAIN, place={"page": 3, "box": [10.0, 10.0, 90.0, 30.0]}),
    ]
    made = document(
        form(COUNT, AGAIN), findings=findings, path="扫描.tif", format="picture", sha256=checksum(path)
    )
    page = page_of(report(made), tmp_path)
    # In points: the sheet at the dots per inch that the file states.
    assert [(image.get("width"), image.get("height")) for image in page.cssselect("image")] == [
        ("595.4", "842"),
        ("432", "324"),
    ]
    assert text_of(page.cssselect(".head .notices li")) == ["扫描.tif 第 3 页无法生成截图。"]


def test_pages_are_drawn_alike_in_processes_of_their_own(tmp_path: Path) -> None:
    made = report(with_pdf(tmp_path))
    assert render(made, options(tmp_path, jobs=2)) == render(made, options(tmp_path))


def test_files_that_were_not_checked_are_named_in_the_head(tmp_path: Path) -> None:
    bad = [
        document(findings=[finding("E901", None, form=None)], path=f"坏{number}.pdf", status="unreadable")
        for number in range(1, 11)
    ]
    page = page_of(report(document(form(COUNT), findings=[]), *bad), tmp_path)
    lines = text_of(page.cssselect(".unchecked-files li"))
    assert lines[0] == "坏1.pdf E901 在“整张表”"
    assert lines[8:] == ["其余 2 个见问题清单"]
    assert page.cssselect(".unchecked-files a")[0].get("href") == "#file-2"


def test_related_place_is_numbered_in_words_and_on_the_picture(tmp_path: Path) -> None:
    related = {"path": "表.pdf", "form": 1, "indicator": 1, "field": "name", "place": cells_of(COUNT, "name")}
    found = finding("D201", AGAIN, "name", related=[related])
    page = page_of(report(with_pdf(tmp_path, findings=[found])), tmp_path)
    assert text_of(page.cssselect(".where.related")) == [
        "2相关位置：第 1 页 · 产出指标 › 数量指标 › 监测次数 · 三级指标"
    ]
    assert page.cssselect(".where.related a")[0].get("href") == "#form-1-1"
    tags = [(tag.get("class"), tag.text_content().strip()) for tag in page.cssselect(".crop .tag")]
    assert tags == [("tag related", "2"), ("tag", "1")]


def test_of_many_related_places_the_first_ones_are_shown_and_the_others_folded(tmp_path: Path) -> None:
    related = [
        {"path": f"表{number}.pdf", "form": 1, "indicator": None, "field": None, "place": {"page": number}}
        for number in range(1, 9)
    ]
    page = page_of(report(with_pdf(tmp_path, findings=[finding("D201", AGAIN, related=related)])), tmp_path)
    assert len(page.cssselect(".hits li > .where.related")) == 5
    (folded,) = page.cssselect(".hits details")
    assert text_of(folded.cssselect("summary")) == ["其余 3 处"]
    assert text_of(folded.cssselect(".where.related"))[-1].endswith("表8.pdf 第 8 页")


def cells_of(row: Any, field: str) -> PlaceJson:
    place: PlaceJson = row["places"][field]
    return place


def test_cells_far_apart_get_crops_of_their_own(tmp_path: Path) -> None:
    rows = [indicator(number, f"第{number}项次数", "=1(%)") for number in (1, 2, 20)]
    findings = [finding("U301", row) for row in rows]
    shutil.copy(PDF, tmp_path / "表.pdf")
    made = document(form(*rows), findings=findings, sha256=checksum(PDF))
    crops = page_of(report(made), tmp_path).cssselect(".crop svg")
    assert [len(crop.cssselect(".box")) for crop in crops] == [2, 1]


@pytest.mark.parametrize("pictures", ["auto", "all"])
def test_changed_original_gives_the_table_as_read_and_a_notice(pictures: str, tmp_path: Path) -> None:
    made = with_pdf(tmp_path)
    (tmp_path / "表.pdf").write_bytes(PDF.read_bytes() + b"\n")
    page = page_of(report(made), tmp_path, pictures=pictures)
    assert page.cssselect("image") == []
    assert text_of(page.cssselect(".notices li")) == ["表.pdf：原文件已改动或不在原处，没有截图。"]
    assert text_of(page.cssselect(".card mark")) == ["=100.00(%)"]


def test_file_that_is_no_pdf_any_more_gives_a_notice(tmp_path: Path) -> None:
    (tmp_path / "表.pdf").write_bytes(b"%PDF-1.7 broken")
    made = document(form(COUNT), findings=[finding("U301", COUNT)], sha256=checksum(tmp_path / "表.pdf"))
    page = page_of(report(made), tmp_path)
    assert text_of(page.cssselect(".notices li")) == ["表.pdf 第 1 页无法生成截图。"]


def test_no_pictures_are_made_when_none_are_wanted(tmp_path: Path) -> None:
    page = page_of(report(with_pdf(tmp_path)), tmp_path, pictures="none")
    assert page.cssselect("image, .notices li") == []


def test_budget_leaves_pictures_out_with_a_notice_unless_all_are_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = report(with_pdf(tmp_path))
    monkeypatch.setattr(album, "BUDGET", 1000)
    page = page_of(made, tmp_path)
    assert page.cssselect("image") == []
    assert text_of(page.cssselect(".notices li")) == [
        "为控制文件大小，1 页没有附截图；用 --pictures all 可全部附上。"
    ]
    assert len(page_of(made, tmp_path, pictures="all").cssselect("image")) == 1


def test_finding_on_the_form_as_a_whole_shows_which_indicators_it_has(tmp_path: Path) -> None:
    rows = [COUNT, AGAIN, indicator(3, "满意度", "≥90(%)", "满意度指标", "服务对象满意度指标")]
    page = page_of(report(document(form(*rows), findings=[finding("S101", None)])), tmp_path)
    assert text_of(page.cssselect(".levels span")) == [
        "读到的指标结构", "产出指标 › 数量指标 2 行", "满意度指标 › 服务对象满意度指标 1 行",
    ]  # fmt: skip


def test_finding_on_a_goal_shows_label_and_value(tmp_path: Path) -> None:
    made = form(COUNT)
    found = finding("Q406", None, field="goals:goal_annual", place=made["places"]["goals:年度总体目标"])
    found["field"] = "goals:goal_annual"
    page = page_of(report(document(made, findings=[found])), tmp_path)
    assert text_of(page.cssselect(".where")) == ["第 1 页 · 目标 · 年度总体目标 #"]
    assert text_of(page.cssselect(".evidence td")) == ["年度总体目标", "1保洁河道 12 公里"]


def test_form_as_read_spans_levels_shows_confidence_and_points_to_findings(tmp_path: Path) -> None:
    rows = [COUNT, indicator(2, "完好率", "≥95(%)", level2="质量指标", confidence="inferred")]
    made = form(*rows, weaknesses=[{"part": "levels", "reason": "级别栏无框线", "place": {}}])
    made["abstentions"] = [{"code": "S110", "part": "levels"}]
    page = page_of(report(document(made, findings=[finding("U301", COUNT)])), tmp_path)
    (read,) = page.cssselect(".as-read")
    table = read.cssselect("table")[-1]
    assert [text_of(row.cssselect("th, td")) for row in table.cssselect("tr")] == [
        ["一级指标", "二级指标", "三级指标", "指标值", "读取"],
        ["产出指标", "数量指标", "监测次数", "=100.00(%)U301", "按框线"],
        ["质量指标", "完好率", "≥95(%)", "推断"],
    ]
    assert table.cssselect("td")[0].get("rowspan") == "2"
    assert table.cssselect(".flag")[0].get("href") == f"#f-{finding('U301', COUNT)['fingerprint']}"
    assert text_of(read.cssselect(".weak")) == [
        "以下部分读取把握不大，请对照原件指标级别：级别栏无框线 因此没有判断的规则：S110"
    ]


def test_funds_table_of_a_self_evaluation_is_a_table(tmp_path: Path) -> None:
    funds = {"unit": "万元", "年度资金总额": {"全年预算数": "8.04", "全年执行数": "8.00"}}
    row = indicator(1, "监测次数", "≥5(次)", actual={"text": "6次"}, weight="10.00", score="10.00")
    made = form(row, kind="self_evaluation", funding=funds, total_score="99.95", grade="优")
    tables = page_of(report(document(made, findings=[])), tmp_path).cssselect(".as-read table")
    assert [
        [text_of(line.cssselect("th, td")) for line in table.cssselect("tr")] for table in tables[1:]
    ] == [
        [["资金 万元", "全年预算数", "全年执行数"], ["年度资金总额", "8.04", "8.00"]],
        [
            ["一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分"],
            ["产出指标", "数量指标", "监测次数", "≥5(次)", "6次", "10.00", "10.00"],
        ],
        [["总分", "99.95"], ["评分等级", "优"]],
    ]


def test_suppressed_findings_are_shown_with_their_reason_and_not_counted(tmp_path: Path) -> None:
    reason = {"kind": "suppression", "reason": "已核实", "until": "2026-12-31"}
    findings = [finding("U301", COUNT, suppressed=reason), finding("Q406", AGAIN, severity="advice")]
    page = page_of(report(document(form(COUNT, AGAIN), findings=findings)), tmp_path)
    assert text_of(page.cssselect(".form > summary .counts")) == ["● 1 提示"]
    assert text_of(page.cssselect(".card.suppression .state")) == ["已忽略至 2026-12-31，理由：已核实"]


def test_overview_names_the_worst_forms_first(tmp_path: Path) -> None:
    forms = [form(COUNT, index=number, project=f"项目{number}") for number in (1, 2, 3)]
    findings = [
        finding("Q406", COUNT, form=1, severity="warning"),
        finding("U301", COUNT, form=2),
        finding("Q406", COUNT, form=3, severity="advice"),
    ]
    page = page_of(report(document(*forms, findings=findings)), tmp_path)
    assert text_of(page.cssselect(".worst > li > a")) == ["项目2", "项目1"]
    assert text_of(page.cssselect("tr[data-unit]")) == ["区水务管理所3111"]
    assert text_of(page.cssselect(".multiples .count")) == ["0 · 1 · 0", "1 · 0 · 0", "0 · 0 · 1"]


def test_defect_of_three_forms_is_told_once_and_its_evidence_shown_with_the_first(tmp_path: Path) -> None:
    forms = [form(COUNT, index=number, project=f"项目{number}") for number in (1, 2, 3)]
    findings = [finding("U301", COUNT, form=number, excerpt="=100.00(%)") for number in (1, 2, 3)]
    findings.append(finding("Q406", COUNT, form=3, excerpt="良好", severity="advice"))
    page = page_of(report(document(*forms, findings=findings)), tmp_path)
    assert text_of(page.cssselect(".repeats li")) == ["✕ 错误 计数指标用了百分比单位：=100.00(%) 3 张表相同"]
    cards = page.cssselect(".card")
    assert [len(card.cssselect(".repeated .evidence")) for card in cards] == [0, 1, 1, 0]
    assert [len(card.cssselect(".evidence")) for card in cards] == [1, 1, 1, 1]
    assert ["3 张表相同" in card.cssselect("h4")[0].text_content() for card in cards] == [
        True,
        True,
        True,
        False,
    ]


def test_notices_to_the_owner_of_the_settings_are_listed(tmp_path: Path) -> None:
    made = report(document(form(COUNT), findings=[]))
    values = {"reason": "已核实"}
    made["notices"] = [{"kind": "unused-suppression", "path": "忽略.toml", "line": 3, "values": values}]
    page = page_of(made, tmp_path)
    assert text_of(page.cssselect("#provenance .notices li")) == ["忽略.toml:3：这条忽略没有用到（已核实）"]


def test_same_file_twice_has_addresses_of_its_own(tmp_path: Path) -> None:
    findings = [finding("U301", COUNT)]
    copies = [document(form(COUNT), findings=findings, path=path) for path in ("甲.pdf", "乙.pdf")]
    page = page_of(report(*copies), tmp_path)
    print_of = findings[0]["fingerprint"]
    assert [item.get("id") for item in page.cssselect(".hits li")] == [f"f-{print_of}", f"f-{print_of}-2"]
    identifiers = [element.get("id") for element in page.cssselect("[id]")]
    assert len(identifiers) == len(set(identifiers))


def test_provenance_lists_every_file_with_its_checksum(tmp_path: Path) -> None:
    page = page_of(
        report(
            document(form(COUNT), findings=[]),
            document(
                findings=[], path="预算.docx", format="docx", status="no-form", pages=None, sha256="1" * 64
            ),
        ),
        tmp_path,
    )
    rows = [text_of(row.cssselect("th, td")) for row in page.cssselect("#provenance tbody tr")]
    assert rows == [
        ["表.pdf", "已检查", "pdf", "1", "1", "0" * 64],
        ["预算.docx", "未找到绩效表", "docx", "", "0", "1" * 64],
    ]


def test_english_report_has_no_chinese_of_its_own(tmp_path: Path) -> None:
    row = indicator(1, "Checks made", "=100(%)", "Output", "Quantity")
    made = form(row, project="River", title="Form", header={}, goals={}, places={})
    made["funding"] = {"unit": None}
    english = report(
        document(made, findings=[finding("U301", row, message="m")], path="a.pdf"), language="en"
    )
    english["rules"]["U301"].update(title="Count in percent", why="w", suggestion="s", basis=["b"])
    source = render(english, options(tmp_path, language="en"))
    body = re.sub(r"(?s)<style>.*?</style>", "", source)
    assert re.findall(r"[\u4e00-\u9fff]+", body) == []


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ({"page": 3, "box": [0, 0, 1, 1]}, "第 3 页"),
        ({"sheet": "表1", "cell": "C12"}, "工作表“表1” C12"),
        ({"table": 2, "row": 5, "column": 4}, "第 2 个表格 第 5 行 第 4 列"),
        ({"table": 0, "row": 7, "column": 0}, "第 7 段"),
        ({"line": 12, "column": 5, "end_line": 12, "end_column": 9}, "第 12 行 第 5 列"),
        ({}, ""),
    ],
)
def test_places_are_said_as_one_looks_them_up(place: PlaceJson, words: str) -> None:
    assert place_in_words(place, wording("html", "zh")) == words


def test_field_named_by_role_is_said_by_its_label() -> None:
    made = form(COUNT)
    place = made["places"]["header:实施单位"]
    assert spot_in_words(made, None, "header:unit", place, wording("html", "zh")) == "表头 · 实施单位"


def test_options_default_to_the_current_folder_and_pictures_within_the_budget() -> None:
    assert RenderOptions().pictures == "auto"
    assert RenderOptions().base == Path.cwd()
