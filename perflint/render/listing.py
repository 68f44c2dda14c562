"""The findings of a report one after another, each with its form and its place in words: what list formats share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from perflint.render.spots import place_in_words, spot_in_words
from perflint.report import DocumentJson, FindingJson, FormJson, ReportJson
from perflint.wording import wording


@dataclass(frozen=True, slots=True)
class Listed:
    """A finding with what stands around it.

    `where` is its place in words: 第 3 页 · 产出指标 › 数量指标 › 差错次数 · 指标值.
    """

    document: DocumentJson
    form: FormJson | None
    finding: FindingJson
    where: str

    @property
    def counts(self) -> bool:
        """Whether the finding is neither suppressed nor in the baseline."""
        return self.finding["suppressed"] is None


def listed(report: ReportJson, language: str) -> Iterator[Listed]:
    """Yield all findings in the order of the report, suppressed ones included."""
    texts = wording("html", language)
    for document in report["documents"]:
        forms = {form["index"]: form for form in document["forms"]}
        for finding in document["findings"]:
            form = forms.get(finding["form"]) if finding["form"] is not None else None
            spot = spot_in_words(form, finding["indicator"], finding["field"], finding["place"], texts)
            where = " · ".join(part for part in (place_in_words(finding["place"], texts), spot) if part)
            yield Listed(document, form, finding, where)


def sentence(item: Listed) -> str:
    """Return the message of a finding with its place in brackets, on one line."""
    message = " ".join(item.finding["message"].split())
    return f"{message}（{item.where}）" if item.where else message
