"""Leave out the copies that a converter writes of a cell for each column and row that it spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from perflint.forms.ungridded.cells import is_figure
from perflint.forms.ungridded.sections import lines_of
from perflint.forms.ungridded.tokens import Token
from perflint.forms.vocabulary import column_role, is_label

# Whether the columns left and right of a border are one column, by its number; unknown where it has no entry.
_Borders = dict[int, bool]


def without_copies(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return the tokens without the copies of cells that span columns or rows.

    Two columns are one where the labels or headings above hold one text: there every copy goes. Under two
    labels equal texts are two cells (及时, 及时 as target and as result); where neither stands above, figures may
    be. Of the copies below a cell only those of labels go, for values may be the same in two rows.
    """
    kept: list[Token] = []
    borders: _Borders = {}
    above: dict[int | None, str] = {}
    for line in lines_of(tokens):
        if line[0].column is None:
            kept += line
            borders, above = {}, {}
            continue
        kept += _without_copies(line, borders, above)
        borders |= _borders_of(line)
        above = {token.column: token.text for token in line}
    return tuple(kept)


def _without_copies(line: Sequence[Token], borders: _Borders, above: dict[int | None, str]) -> list[Token]:
    """Return the tokens of a line without the copies of one on its left or above."""
    left = [None, *line]
    rest = [token for before, token in zip(left, line, strict=False) if not _is_copy(before, token, borders)]
    if len(rest) > 1 and above.get(rest[0].column) == rest[0].text and is_label(rest[0].text):
        rest = rest[1:]
    last = len(rest) - 1
    return [replace(token, first=index == 0, last=index == last) for index, token in enumerate(rest)]


def _is_copy(before: Token | None, token: Token, borders: _Borders) -> bool:
    """Say whether a token repeats the one before it because their cell spans both columns."""
    if before is None or before.text != token.text or not _are_neighbours(before, token):
        return False
    return borders.get(token.column or 0, not is_figure(token.text))


def _borders_of(line: Sequence[Token]) -> _Borders:
    """Return which neighbouring columns are one by the labels or headings that stand in both."""
    heads = [is_label(token.text) or column_role(token.text) is not None for token in line]
    return {
        token.column or 0: before.text == token.text
        for before, token, is_head, is_other in zip(line, line[1:], heads, heads[1:], strict=False)
        if is_head and is_other and _are_neighbours(before, token)
    }


def _are_neighbours(before: Token, token: Token) -> bool:
    return before.column is not None and token.column == before.column + 1
