"""Say in words where a finding stands: in the form's own terms, and in the file's."""

from __future__ import annotations

from perflint.report import FormJson, IndicatorJson, PlaceJson
from perflint.wording import Wording

ROW_FIELDS = ("level1", "level2", "name", "target", "actual", "weight", "score", "remark")


def named(texts: Wording, group: str, key: str) -> str:
    """Return the text of a key that comes from the report, or the key itself where no text is known."""
    text: str = texts.table[group].get(key, key)
    return text


def place_in_words(place: PlaceJson, texts: Wording) -> str:
    """Return a place of the file as one looks it up (`第 3 页`, `工作表“表1” C12`), "" for none."""
    if "page" in place:
        return texts("place.page", page=place["page"])
    if "sheet" in place:
        return texts("place.sheet", sheet=place["sheet"], cell=place["cell"])
    if "table" in place:
        key = "place.table" if place["table"] else "place.paragraph"
        return texts(key, **{name: place[name] for name in ("table", "row", "column")})
    if "line" in place:
        return texts("place.line", line=place["line"], column=place["column"])
    return ""


def spot_in_words(
    form: FormJson | None, indicator: int | None, field: str | None, place: PlaceJson, texts: Wording
) -> str:
    """Return the way to a cell through the form, as in `产出指标 › 数量指标 › 差错次数 · 指标值`.

    It is empty for the form as a whole.
    """
    if form is None:
        return ""
    row = indicator_of(form, indicator)
    parts = [row["level1"], row["level2"], row["name"]] if row else []
    path = " › ".join(part for part in parts if part)
    label = field_label(form, field, place, texts)
    return " · ".join(part for part in (path, label) if part)


def field_label(form: FormJson, field: str | None, place: PlaceJson, texts: Wording) -> str:
    """Return the heading or label of a field as the form has it."""
    if field is None:
        return ""
    block, colon, _ = field.partition(":")
    if not colon:
        return named(texts, "field", field)
    key = field_key(form, field, place)
    return f"{texts('form.' + block)} · {key.partition(':')[2]}"


def field_key(form: FormJson, field: str, place: PlaceJson) -> str:
    """Return the key in `places` that a field means.

    A rule may name a field by its role (`header:unit`), the form by its label (`header:实施单位`): the place
    tells which label it was. A field that the form lacks keeps its name.
    """
    if field in form["places"]:
        return field
    block = field.partition(":")[0] + ":"
    keys = (key for key, at in form["places"].items() if key.startswith(block) and at and at == place)
    return next(keys, field)


def indicator_of(form: FormJson, index: int | None) -> IndicatorJson | None:
    """Return the indicator with this number, None where there is none."""
    return next((row for row in form["indicators"] if row["index"] == index), None)


def cell_text(row: IndicatorJson, field: str) -> str:
    """Return the text of a cell of an indicator row, "" where it is empty."""
    value = row.get(field)
    if isinstance(value, dict):
        value = value.get("text")
    return str(value) if value else ""


def form_value(form: FormJson, key: str) -> str:
    """Return the value of a field outside the indicator rows by its key in `places`, "" where it is empty."""
    block, colon, label = key.partition(":")
    if not colon:
        return str(form.get(key) or "")
    values = form.get(block)
    entry = values.get(label) if isinstance(values, dict) else None
    if entry is None and isinstance(values, dict) and "." in label:
        row, _, column = label.rpartition(".")
        columns = values.get(row)
        entry = columns.get(column) if isinstance(columns, dict) else None
    return str(entry) if entry and not isinstance(entry, dict) else ""
