"""Group the findings of a report: a section a form, in it a card for each defect with all its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from perflint.render.spots import place_in_words, spot_in_words
from perflint.report import SEVERITIES, DocumentJson, FindingJson, FormJson, RelatedJson, ReportJson, RuleJson
from perflint.report.fingerprints import normal
from perflint.report.statistics import unit_of
from perflint.wording import Wording

DOUBTFUL = ("inferred", "text")
Defect = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Another place of a finding, numbered on from the hits of its card; `anchor` is its form's."""

    number: int
    json: RelatedJson
    where: str
    spot: str
    anchor: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """One finding of a card: `number` is the one on the evidence, `anchor` its address in the report."""

    number: int
    json: FindingJson
    anchor: str
    where: str
    spot: str
    related: tuple[Related, ...]

    @property
    def replacement(self) -> str | None:
        """The text to paste into the cell."""
        return self.json.get("replacement")


@dataclass(frozen=True, slots=True)
class Card:
    """The findings of one rule in one form that share severity and state."""

    code: str
    rule: RuleJson | None
    severity: str
    state: str
    """open, suppression or baseline."""
    hits: tuple[Hit, ...]

    @property
    def fingerprints(self) -> list[str]:
        """The fingerprints of its findings."""
        return [hit.json["fingerprint"] for hit in self.hits]

    @property
    def remedies(self) -> tuple[str, ...]:
        """How to mend it, each sentence once; what is to be pasted stands with its hit."""
        found = [hit.json["suggestion"] for hit in self.hits if not hit.replacement]
        return tuple(dict.fromkeys(sentence for sentence in found if sentence))

    @property
    def defect(self) -> Defect | None:
        """What makes it the same defect in another form: its rule and the offending texts; None without text."""
        texts = {normal(hit.json["excerpt"]) for hit in self.hits}
        return (self.code, self.severity, *sorted(texts)) if "" not in texts else None

    @property
    def doubts(self) -> tuple[str, ...]:
        """The confidences of its cells that call for a look at the original."""
        found = dict.fromkeys(hit.json["confidence"] for hit in self.hits)
        return tuple(confidence for confidence in found if confidence in DOUBTFUL)


@dataclass(frozen=True, slots=True)
class Section:
    """A form with its cards, or the findings of a file that belong to no form."""

    anchor: str
    document: DocumentJson
    form: FormJson | None
    unit: str
    cards: tuple[Card, ...]
    counts: Counter[str]
    """Findings that count, by severity."""

    @property
    def peak(self) -> int:
        """The largest of the counts: what a common scale must have room for."""
        return max(self.counts.values(), default=0)


@dataclass(frozen=True, slots=True)
class _Run:
    """What all sections share: the report, its texts, its documents by path, addresses given so far."""

    report: ReportJson
    texts: Wording
    documents: Mapping[str, tuple[int, DocumentJson]]
    taken: Counter[str]

    def anchor(self, fingerprint: str) -> str:
        """Return the address of a finding: its fingerprint, with a number where one file was given twice."""
        self.taken[fingerprint] += 1
        count = self.taken[fingerprint]
        return f"f-{fingerprint}" if count == 1 else f"f-{fingerprint}-{count}"


def sections_of(report: ReportJson, texts: Wording) -> list[Section]:
    """Return the report as sections in the order of its documents: its own findings, then its forms."""
    documents = {
        document["path"]: (number, document) for number, document in enumerate(report["documents"], 1)
    }
    run = _Run(report, texts, documents, Counter())
    sections = []
    for number, document in enumerate(report["documents"], 1):
        of_form: dict[int | None, list[FindingJson]] = {}
        for finding in document["findings"]:
            of_form.setdefault(finding["form"], []).append(finding)
        if None in of_form or not document["forms"]:
            sections.append(_section(run, f"file-{number}", document, None, of_form.get(None, [])))
        for form in document["forms"]:
            anchor = form_anchor(number, form["index"])
            sections.append(_section(run, anchor, document, form, of_form.get(form["index"], [])))
    return sections


def worst_sections(sections: Sequence[Section], count: int = 5) -> list[Section]:
    """Return the forms with most errors, then warnings; none that has neither."""
    grave = [section for section in sections if section.counts["error"] or section.counts["warning"]]
    return sorted(grave, key=lambda section: [-section.counts[severity] for severity in SEVERITIES])[:count]


def form_anchor(document: int, form: int) -> str:
    """Return the address of a form in the report, from the numbers of its document and of the form in it."""
    return f"form-{document}-{form}"


def state_of(finding: FindingJson) -> str:
    """Return open, suppression or baseline."""
    return finding["suppressed"]["kind"] if finding["suppressed"] else "open"


def _section(
    run: _Run, anchor: str, document: DocumentJson, form: FormJson | None, findings: Sequence[FindingJson]
) -> Section:
    cards = tuple(_cards(run, document, form, findings))
    counts = Counter(card.severity for card in cards if card.state == "open" for _ in card.hits)
    unit = unit_of(form) if form else ""
    return Section(anchor, document, form, unit or run.texts("unknown_unit"), cards, counts)


def _cards(
    run: _Run, document: DocumentJson, form: FormJson | None, findings: Sequence[FindingJson]
) -> Iterator[Card]:
    """Give the cards of a section, the gravest first, each rule's in the order of its first row."""
    groups: dict[tuple[str, str, str], list[FindingJson]] = {}
    for finding in findings:
        key = (finding["severity"], finding["code"], state_of(finding))
        groups.setdefault(key, []).append(finding)
    order = sorted(groups, key=lambda key: (key[2] != "open", SEVERITIES.index(key[0])))
    for severity, code, state in order:
        hits = tuple(_hits(run, document, form, groups[severity, code, state]))
        yield Card(code, run.report["rules"].get(code), severity, state, hits)


def _hits(
    run: _Run, document: DocumentJson, form: FormJson | None, findings: Sequence[FindingJson]
) -> Iterator[Hit]:
    """Give the findings of a card; their related places are numbered on from the last of them."""
    number = len(findings)
    for position, finding in enumerate(findings, 1):
        related = []
        for other in finding["related"]:
            number += 1
            related.append(_related(run, number, document, other))
        place = finding["place"]
        spot = spot_in_words(form, finding["indicator"], finding["field"], place, run.texts)
        anchor = run.anchor(finding["fingerprint"])
        yield Hit(position, finding, anchor, place_in_words(place, run.texts), spot, tuple(related))


def _related(run: _Run, number: int, document: DocumentJson, other: RelatedJson) -> Related:
    """Return a related place with its words; the file's name stands in them only where it is another one."""
    at, home = run.documents.get(other["path"], (0, None))
    form = next((form for form in home["forms"] if form["index"] == other["form"]), None) if home else None
    spot = spot_in_words(form, other["indicator"], other["field"], other["place"], run.texts)
    elsewhere = other["path"] if other["path"] != document["path"] else ""
    where = " ".join(part for part in (elsewhere, place_in_words(other["place"], run.texts)) if part)
    anchor = form_anchor(at, form["index"]) if form else None
    return Related(number, other, where, spot or (form["project_name"] or "" if form else ""), anchor)
