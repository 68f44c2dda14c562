"""The HTML report: one file that works offline, without scripts, on a phone and on paper."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from perflint.render import RenderOptions
from perflint.render.html.album import Album, PageKey, album_of
from perflint.render.html.as_read import form_as_read
from perflint.render.html.evidence import Evidence, evidence_of, extents_of
from perflint.render.html.index import index_of
from perflint.render.html.pages import page_views
from perflint.render.html.repeats import repeats_of
from perflint.render.html.sections import Card, Section, sections_of, worst_sections
from perflint.render.html.showable import showable
from perflint.render.spots import named, place_in_words
from perflint.report import SEVERITIES, NoticeJson, ReportJson
from perflint.report.verdict import undone, verdict
from perflint.wording import wording

LISTED = 8
"""Repeats and files not checked that the head of the report names; the rest stand in the list."""
BRIEF = 10
"""Rows of a table of the overview that are shown at first: the findings should not be far below."""
FOLDED = 60
"""Tiles of forms and rows of files that are shown unfolded at most."""
SCRIPTS = ("cards.js", "list.js", "filters.js", "review.js", "printing.js", "tools.js")
"""In the order in which they build on each other."""


def render(report: ReportJson, options: RenderOptions) -> str:
    """Return the report as one HTML document.

    Page pictures are taken from the files below `options.base` whose SHA-256 is still the report's. The same
    report, options and files give the same text.
    """
    texts = wording("html", options.language)
    sections = sections_of(report, texts)
    album = album_of(report, sections, options, texts)
    extents = extents_of(report, album)
    repeats = repeats_of(sections)

    def evidence(section: Section, card: Card) -> Evidence:
        return evidence_of(section, card, album, extents, texts)

    style, script = _asset("report.css"), "\n".join(_asset(name) for name in SCRIPTS)
    return _environment().get_template("report.html.j2").render(
        report=report,
        t=texts,
        sections=sections,
        verdict=verdict(report),
        unchecked=_unchecked(sections),
        worst=worst_sections(sections),
        repeats=repeats,
        index=index_of(sections, repeats, report["rules"], texts),
        listed=LISTED,
        brief=BRIEF,
        folded=FOLDED,
        notices=[_notice(notice, options.language) for notice in report["notices"]],
        severities=SEVERITIES,
        album=album,
        pages=page_views(sections, album),
        page_ids=_page_ids(album),
        evidence=evidence,
        as_read=form_as_read,
        named=lambda group, key: named(texts, group, key),
        where=lambda place: place_in_words(place, texts),
        made=options.generated_at.strftime("%Y-%m-%d %H:%M %Z").strip(),
        style=Markup(style),
        script=Markup(script),
        rescue=Markup(_asset("rescue.js")),
        style_hash=_source_hash(style),
        script_hash=_source_hash(script),
        rescue_hash=_source_hash(_asset("rescue.js")),
    )  # fmt: skip


def _unchecked(sections: Sequence[Section]) -> list[Section]:
    """Return the first section of each file that was not checked, or not completely."""
    first = {section.document["path"]: section for section in reversed(sections) if undone(section.document)}
    return list(first.values())[::-1]


def _notice(notice: NoticeJson, language: str) -> str:
    """Return what the owner of the settings should know as a sentence."""
    key = f"notice.{notice['kind']}"
    return wording("messages", language)(key, path=notice["path"], line=notice["line"], **notice["values"])


def _page_ids(album: Album) -> Mapping[PageKey, str]:
    """Return the address of each page picture in the report."""
    return {key: f"page-{number}" for number, key in enumerate(sorted(album.pictures), 1)}


@cache
def _asset(name: str) -> str:
    """Return a file of assets/ as it is put into the report."""
    return files(__package__).joinpath("assets", name).read_text("utf-8").strip()


def _source_hash(source: str) -> str:
    """Return the CSP source that allows exactly this inline text (Content Security Policy 3, 2.3.1)."""
    return "sha256-" + b64encode(hashlib.sha256(source.encode("utf-8")).digest()).decode("ascii")


@cache
def _environment() -> Environment:
    """Return the Jinja environment: everything escaped, nothing undefined."""
    environment = Environment(
        loader=PackageLoader(__package__),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=showable,
        auto_reload=False,
    )
    environment.filters["decimal"] = _short
    environment.filters["total"] = lambda tally: sum(tally[severity] for severity in SEVERITIES)
    return environment


def _short(value: float) -> str:
    """Return a coordinate without needless digits."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
