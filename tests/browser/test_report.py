"""The report as a reviewer works with it, in Chromium."""

from __future__ import annotations

import json
import os
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from benchmarks.opening import measured
from perflint.readers.clean import clean
from tests.browser.conftest import Opener

pytestmark = pytest.mark.browser

CARDS = "#groups .card"
IMAGES = Path(__file__).parent.parent.parent / "docs" / "images"


def shown(page: Any) -> tuple[int, int]:
    """Return how many findings are shown, of how many."""
    found, of = map(int, re.findall(r"\d+", page.locator(".shown").inner_text()))
    return found, of


def counted(page: Any, severity: str) -> int:
    return int(page.locator(f"output[data-value={severity}]").inner_text())


def in_view(page: Any, selector: str) -> bool:
    box = page.locator(selector).first.bounding_box()
    height: int = page.viewport_size["height"]
    return bool(box) and box["y"] < height and box["y"] + box["height"] > 0


def test_filters_narrow_the_list_count_live_and_are_kept_in_the_address(open_report: Opener) -> None:
    page = open_report()
    errors, (everything, total) = counted(page, "error"), shown(page)
    assert everything == total == errors + counted(page, "warning") + counted(page, "advice")
    page.locator(".chip.error").click()
    assert shown(page) == (errors, total)
    page.select_option("#filter-code", "U301")
    few, _ = shown(page)
    assert 0 < few < errors
    assert counted(page, "error") == few
    assert (
        page.locator(f"{CARDS}:visible .code").all_text_contents() == ["U301"] * page.locator(CARDS).count()
    )
    assert page.evaluate("location.hash") == "#severity=error&code=U301"
    again = open_report("#severity=error&code=U301")
    assert shown(again) == (few, total)
    again.locator("#clear").click()
    assert shown(again) == (total, total)
    assert again.evaluate("location.hash") == ""


def test_search_finds_names_and_says_when_there_is_nothing(open_report: Opener) -> None:
    page = open_report()
    page.fill("#search", "水质监测次数")
    assert shown(page)[0] > 0
    assert all("水质监测次数" in text for text in page.locator(f"{CARDS}:visible").all_text_contents())
    page.fill("#search", "没有这样的文字 <b>")
    assert shown(page)[0] == 0
    assert page.locator(".nothing").is_visible()


def test_cards_are_grouped_by_project_rule_or_file(open_report: Opener) -> None:
    page = open_report()
    total = shown(page)[1]
    forms = page.locator("#groups > .form").count()
    page.locator(".choice").get_by_text("按规则").click()
    page.locator("#groups h3:text('U301')").wait_for()
    rules = page.locator("#groups > .form > summary .counts").all_text_contents()
    assert sum(map(int, rules)) == total
    assert page.locator(f"{CARDS} .project a").first.is_visible()
    page.get_by_text("按文件", exact=True).click()
    assert page.locator("#groups > .form").count() == 3  # one of the four files has no finding
    page.get_by_text("按项目", exact=True).click()
    assert page.locator("#groups > .form").count() == forms
    assert page.locator(f"{CARDS} .project").count() == 0


def test_worst_first_puts_the_form_with_most_errors_on_top(open_report: Opener) -> None:
    page = open_report()
    worst = page.locator(".worst > li > a").first.inner_text()
    page.get_by_text("问题多的在前").click()
    assert page.locator("#groups > .form h3").first.text_content() == worst


def test_deep_link_shows_its_finding_even_behind_a_filter_and_a_fold(open_report: Opener) -> None:
    page = open_report()
    anchor = page.locator("#groups .card:has(.code:text('D202')) li").first.get_attribute("id")
    other = open_report(f"#{anchor}")
    assert in_view(other, f"#{anchor}")
    other.locator("#fold").click()
    other.select_option("#filter-code", "U301")
    other.evaluate(f"location.hash = '{anchor}'")
    other.locator(f"#{anchor}").wait_for()
    assert in_view(other, f"#{anchor}")


def test_keys_walk_the_findings_search_and_decide(open_report: Opener) -> None:
    page = open_report()
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.querySelector('li').id")
    page.keyboard.press("j")
    second = page.evaluate("document.activeElement.querySelector('li').id")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.querySelector('li').id") == first != second
    page.keyboard.press("a")
    assert page.locator(f"#{first} [data-decision=accept]").get_attribute("aria-pressed") == "true"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == ""


def test_crop_opens_the_whole_page_with_all_its_findings_and_escape_closes_it(open_report: Opener) -> None:
    page = open_report()
    page.locator(".crop").first.scroll_into_view_if_needed()
    page.locator(".crop").first.click()
    dialog = page.locator("dialog[open]")
    assert dialog.locator("svg .spot").count() >= 1
    assert dialog.locator(".page-findings [aria-current]").count() == 1
    assert dialog.evaluate("d => d.querySelector('image').getBBox().width > 0")
    page.keyboard.press("Escape")
    assert dialog.count() == 0
    page.locator(".crop").first.click()
    link = dialog.locator(".page-findings a").last
    anchor = link.get_attribute("href")
    link.click()
    assert dialog.count() == 0
    assert in_view(page, anchor)


def test_text_to_paste_can_be_copied(open_report: Opener, long_report_file: Path) -> None:
    page = open_report(file=long_report_file, permissions=["clipboard-read", "clipboard-write"])
    page.locator(".paste button").first.click()
    assert page.evaluate("navigator.clipboard.readText()") == "=100(次)"
    assert page.locator("#toast").inner_text() == "已复制"


def test_rule_is_explained_at_its_card_with_the_suppression_entry_to_copy(open_report: Opener) -> None:
    page = open_report(permissions=["clipboard-read", "clipboard-write"])
    card = page.locator(f"{CARDS}:has(.code:text('U301'))").first
    card.locator(".explain").click()
    assert "为什么" in card.locator(".explanation").inner_text()
    card.locator(".explanation .copy").click()
    entry = tomllib.loads(page.evaluate("navigator.clipboard.readText()"))
    hits = card.locator("li").evaluate_all("hits => hits.map(hit => hit.dataset.fingerprint)")
    assert entry == {"suppress": [{"fingerprint": hit, "reason": "请写明理由"} for hit in hits]}
    card.locator(".explain").click()
    assert card.locator(".explanation").count() == 0


def test_review_is_kept_exported_and_imported(open_report: Opener, tmp_path: Path) -> None:
    page = open_report()
    hits = page.locator(f"{CARDS} li")
    hits.nth(0).locator("[data-decision=accept]").click()
    hits.nth(1).locator("[data-decision=dispute]").click()
    hits.nth(1).locator(".note").fill("与单位核实过")
    page.select_option("#filter-review", "dispute")
    assert page.locator(f"{CARDS}:visible .note").first.input_value() == "与单位核实过"
    page.reload()
    assert page.locator("#progress").inner_text().startswith("已审 2 /")
    with page.expect_download() as download:
        page.locator("#export").click()
    exported = tmp_path / "review.json"
    download.value.save_as(exported)
    reviews = json.loads(exported.read_text("utf-8"))["reviews"]
    assert [(review["decision"], review["note"]) for review in reviews] == [
        ("accept", ""), ("dispute", "与单位核实过"),
    ]  # fmt: skip
    assert set(reviews[0]) == {"fingerprint", "decision", "note", "code", "project", "file"}
    other = open_report()
    assert other.locator("#progress").inner_text().startswith("已审 0 /")
    other.set_input_files("#import", exported)
    other.get_by_text("已导入 2 条").wait_for()
    assert other.locator("#progress").inner_text().startswith("已审 2 /")
    broken = tmp_path / "broken.json"
    broken.write_text("[]", "utf-8")
    other.set_input_files("#import", broken)
    other.get_by_text("这个文件不是审核记录").wait_for()


def test_unit_table_is_sorted_by_a_click_and_its_rows_filter(open_report: Opener) -> None:
    page = open_report()
    table = page.locator("table.sortable").last
    table.get_by_role("button", name="绩效表").click()
    counts = [int(text) for text in table.locator("tbody td:nth-child(2)").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    unit = table.locator("tbody th").first
    unit.click()
    assert page.locator("#filter-unit").input_value() == unit.inner_text()
    assert shown(page)[0] < shown(page)[1]


def test_repeated_defect_of_the_overview_lists_its_findings_alone(
    open_report: Opener, long_report_file: Path
) -> None:
    page = open_report(file=long_report_file)
    repeat = page.locator(".repeats li").first
    assert "600 张表相同" in repeat.inner_text()
    repeat.locator("a").click()
    assert shown(page) == (600, 1200)


def test_paper_shows_everything_or_the_review_sheets(open_report: Opener, tmp_path: Path) -> None:
    page = open_report("#severity=error")
    titles = page.locator("#groups > .form h3:visible").all_text_contents()
    page.locator("#fold").click()
    full, sheets = tmp_path / "full.pdf", tmp_path / "sheets.pdf"
    page.pdf(path=full, prefer_css_page_size=True)
    text = text_of(full)
    assert all(title in text for title in map(squeezed, titles))
    assert squeezed("筛选") not in text
    page.locator("#unfold").click()
    page.locator("[data-decision=dispute]").first.click()
    page.locator(".note:visible").first.fill("另行说明")
    page.locator("#print-sheet").check()
    page.pdf(path=sheets, prefer_css_page_size=True)
    text = text_of(sheets)
    assert text.count("绩效目标审核意见表") == len(titles) - 1  # the unreadable file has no sheet
    assert "另行说明" in text
    assert "概览" not in text
    width, height = (float(value) for value in PdfReader(sheets).pages[0].mediabox[2:])
    assert (round(width), round(height)) == (595, 842)


def text_of(file: Path) -> str:
    return squeezed("".join(page.extract_text() for page in PdfReader(file).pages))


def squeezed(text: str) -> str:
    """Return a text without the blanks and radical forms that printing brings in."""
    return re.sub(r"\s+", "", clean(text))


def test_without_scripts_everything_is_there(open_report: Opener) -> None:
    scripted = open_report()
    plain = open_report(java_script_enabled=False)
    # Playwright cannot evaluate without scripts: what is counted is what the page shows.
    assert plain.locator(f"{CARDS} li:visible").count() == shown(scripted)[1]
    assert plain.locator(".panel").is_hidden()
    plain.locator(".as-read summary").first.click()
    assert plain.locator(".as-read table").first.is_visible()
    plain.locator(".crop").first.click()
    assert plain.locator("dialog:visible image").count() == 1


def test_cards_are_shown_even_where_the_scripts_cannot_run(
    browser: Any, report_file: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.html"
    # The policy refuses a script that was changed, as an old browser refuses one that it does not understand.
    broken.write_text(report_file.read_text("utf-8").replace('"use strict";', '"use strict"; ...'), "utf-8")
    page = browser.new_page()
    page.goto(broken.as_uri())
    assert page.locator(CARDS).count() > 10
    assert page.locator(f"{CARDS} .message").first.is_visible()
    page.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 390)])
def test_axe_finds_nothing_against_wcag_aa(scheme: str, width: int, open_report: Opener) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python")
    settings = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}, "bypass_csp": True}
    page = open_report("#severity=error", **settings)
    page.locator("#groups .as-read summary:visible").first.click()
    page.locator("#groups .explain:visible").first.click()
    page.keyboard.press("j")
    # Axe takes the estimated places of cards that are not rendered yet for overlaps.
    page.add_style_tag(content=".form, .card {content-visibility: visible !important}")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
    results = axe.Axe().run(page, options={"runOnly": tags, "resultTypes": ["violations"]})
    violations = [
        (rule["id"], node["html"]) for rule in results.response["violations"] for node in rule["nodes"]
    ]
    assert violations == []


def test_phone_has_no_sideways_scroll_and_shows_the_marked_cell(open_report: Opener) -> None:
    page = open_report(viewport={"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator(".crop .box").first.scroll_into_view_if_needed()
    box = page.locator(".crop .box").first.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390


def test_long_report_makes_only_the_cards_that_are_looked_at(
    open_report: Opener, long_report_file: Path
) -> None:
    page = open_report(file=long_report_file)
    assert shown(page) == (1200, 1200)
    assert page.locator(CARDS).count() < 200
    page.get_by_text("问题多的在前").click()
    page.get_by_text("原顺序").click()
    assert page.locator("#groups > .form h3").first.text_content() == "第1个项目"
    page.fill("#search", "第599个项目")
    assert shown(page)[0] == 2
    page.locator(f"{CARDS} li").first.wait_for()
    assert page.locator(f"{CARDS} li").count() == 2
    anchor = page.locator(f"{CARDS} li").first.get_attribute("id")
    other = open_report(f"#{anchor}", long_report_file)
    assert in_view(other, f"#{anchor}")
    other.keyboard.press("j")
    assert other.evaluate("document.activeElement.querySelector('.code').textContent") == "Q406"
    other.keyboard.press("j")
    assert (
        other.evaluate("document.activeElement.closest('.form').querySelector('h3').textContent")
        == "第600个项目"
    )


def test_long_report_opens_soon(browser: Any, long_report_file: Path) -> None:
    # Half the forms of the benchmark, which asks for two seconds, in twice the time: tests run side by side.
    opening = measured(browser, long_report_file)
    assert opening.usable < 4
    assert opening.filtered < 1


def test_list_of_a_long_report_is_whole_on_paper_and_one_sheet_is_printed_alone(
    open_report: Opener, long_report_file: Path
) -> None:
    page = open_report("#q=第59", long_report_file)
    assert shown(page) == (22, 1200)
    page.evaluate("window.print = () => { window.printed = document.querySelectorAll('.form.sheet').length }")
    page.locator(".print-sheet").first.click()
    assert page.evaluate("window.printed") == 1
    page.get_by_text("按规则", exact=True).click()
    page.locator("#print-sheet").check()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#groups > .form").count() == 11
    assert page.locator(f"{CARDS} li").count() == 22


@pytest.mark.skipif(
    "PERFLINT_SCREENSHOTS" not in os.environ, reason="PERFLINT_SCREENSHOTS=1 renews docs/images"
)
@pytest.mark.parametrize(
    ("name", "settings", "at"),
    [
        ("overview", {}, ".head"),
        ("findings", {}, "#findings"),
        ("dark", {"color_scheme": "dark"}, "#findings"),
        ("phone", {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2}, "#findings"),
    ],
)
def test_screenshots_of_the_manual(
    name: str, settings: dict[str, Any], at: str, open_report: Opener, manual_report_file: Path
) -> None:
    page = open_report(file=manual_report_file, **settings)
    page.get_by_text("问题多的在前").click()
    page.locator(at).evaluate("element => element.scrollIntoView({behavior: 'instant'})")
    page.locator(f"{CARDS}:visible").first.wait_for()
    IMAGES.mkdir(exist_ok=True)
    page.screenshot(path=IMAGES / f"report-{name}.png")
    assert (IMAGES / f"report-{name}.png").stat().st_size > 10_000
