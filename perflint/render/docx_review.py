"""The review sheets as a Word document: a table of findings a project, with room for the reviewer."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from perflint.render import RenderOptions
from perflint.render.html.sections import Card, Section, sections_of
from perflint.render.packages import dated
from perflint.render.spots import place_in_words
from perflint.report import ReportJson
from perflint.wording import Wording, wording

FONT = "Microsoft YaHei"
WIDTHS = (Mm(12), Mm(84), Mm(48), Mm(32))
"""Number, problem, remedy, reviewer: the 176 mm between the margins of an A4 page."""
MARGIN = Mm(17)


def render(report: ReportJson, options: RenderOptions) -> bytes:
    """Return a Word document with a review sheet for each form, each on a page of its own.

    Files without a form come first, with what was found on the file itself.
    """
    texts = wording("html", options.language)
    document = _empty_document(report, options, texts)
    sections = [section for section in sections_of(report, texts) if section.form or _open(section)]
    for number, section in enumerate(sections):
        if number:
            document.add_page_break()
        _sheet(document, section, texts)
    buffer = BytesIO()
    document.save(buffer)
    return dated(buffer.getvalue(), options.generated_at)


def _empty_document(report: ReportJson, options: RenderOptions, texts: Wording) -> Any:
    """Return an A4 document whose properties name its maker and whose text is set in a Chinese font."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(10)
    style.paragraph_format.space_after = Pt(2)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    properties = document.core_properties
    properties.title, properties.author = texts("sheet.title"), report["tool"]["name"]
    properties.comments = ""
    properties.created = properties.modified = options.generated_at.replace(tzinfo=None)
    day = options.generated_at.strftime("%Y-%m-%d")
    page.footer.paragraphs[0].text = texts("sheet.made", version=report["tool"]["version"], date=day)
    return document


def _sheet(document: Any, section: Section, texts: Wording) -> None:
    """Add the sheet of one form, or of the findings on a file."""
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(texts("sheet.title"))
    run.bold, run.font.size = True, Pt(16)
    for label, value in _facts(section, texts):
        line = document.add_paragraph()
        line.paragraph_format.space_after = Pt(1)
        line.add_run(f"{label}{texts('colon')}").bold = True
        line.add_run(_printable(value))
    cards = _open(section)
    if cards:
        _table(document, cards, texts)
    else:
        document.add_paragraph(texts("sheet.nothing"))
    document.add_paragraph(texts("sheet.reply")).paragraph_format.space_before = Pt(12)
    closing = document.add_paragraph(f"{texts('sheet.reviewer')}{' ' * 30}{texts('sheet.date')}")
    closing.paragraph_format.space_before = Pt(12)


def _facts(section: Section, texts: Wording) -> list[tuple[str, str]]:
    """Return what stands above the table: project, unit, kind of form, file."""
    form, path = section.form, section.document["path"]
    if form is None:
        return [(texts("sheet.file"), path)]
    kind = texts(f"kind.{form['kind']}")
    year = texts("year", year=form["year"]) if form["year"] else ""
    return [
        (texts("sheet.project"), form["project_name"] or texts("unnamed")),
        (texts("sheet.unit"), section.unit),
        (texts("sheet.form"), f"{kind} {year}".strip()),
        (texts("sheet.file"), f"{path} {place_in_words(form['place'], texts)}".strip()),
    ]


def _table(document: Any, cards: list[Card], texts: Wording) -> None:
    """Add the table of findings; its heading row is repeated on every page."""
    table = document.add_table(rows=1, cols=len(WIDTHS), style="Table Grid")
    table.autofit = False
    for cell, key in zip(table.rows[0].cells, ("number", "problem", "remedy", "opinion"), strict=True):
        cell.paragraphs[0].add_run(texts(f"sheet.{key}")).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for number, card in enumerate(cards, 1):
        cells = table.add_row().cells
        cells[0].text = str(number)
        _problem(cells[1], card, texts)
        cells[2].text = _printable("\n".join(_remedies(card, texts)))
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def _problem(cell: Any, card: Card, texts: Wording) -> None:
    """Write into a cell what is wrong, and where."""
    title = card.rule["title"] if card.rule else card.hits[0].json["name"]
    heading = f"{texts('severity.' + card.severity)} {title} {card.code}"
    cell.paragraphs[0].add_run(_printable(heading)).bold = True
    for hit in card.hits:
        cell.add_paragraph(_printable(hit.json["message"]))
        where = " · ".join(part for part in (hit.where, hit.spot) if part)
        cell.add_paragraph().add_run(_printable(where)).font.size = Pt(9)


def _remedies(card: Card, texts: Wording) -> list[str]:
    """Return how to mend a card's findings; of several, what is to be pasted stands with its cell."""
    pasted = []
    for hit in card.hits:
        if hit.replacement:
            whose = f"{hit.spot}{texts('colon')}" if len(card.hits) > 1 else ""
            pasted.append(f"{whose}{texts('card.suggestion')} {hit.replacement}")
    return [*pasted, *card.remedies]


def _open(section: Section) -> list[Card]:
    """Return the cards that count."""
    return [card for card in section.cards if card.state == "open"]


def _printable(text: str) -> str:
    """Return a text without the control characters that XML cannot hold (XML 1.0, 2.2)."""
    return "".join(character for character in text if character in "\t\n" or character >= " ")
