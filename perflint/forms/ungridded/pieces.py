"""Part the text of an indicator table into level labels, whole again, and everything else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import zip_longest

from perflint.forms.ungridded.cells import looks_like_value
from perflint.forms.ungridded.glue import with_parted_labels
from perflint.forms.ungridded.labels import is_block_label, label_length, level_labels
from perflint.forms.ungridded.page_breaks import with_whole_labels, with_whole_values
from perflint.forms.ungridded.rows import Piece
from perflint.forms.ungridded.tokens import Token, merged
from perflint.forms.vocabulary import bare, level_kind, level_parent
from perflint.words import words

# So many labels with their ending show that a form does not abbreviate them.
_FULL_LABELS = 3
_LONGEST_ABBREVIATION = 3


def pieces_of(tokens: Sequence[Token]) -> list[Piece]:
    """Return the level labels and the other pieces of an indicator table in reading order.

    The block's own label beside the table (绩效|指标) and rules drawn with dashes are left out.
    """
    drawn = [token for token in tokens if not _is_rule(token.text)]
    pieces = with_whole_labels(list(_pieces(with_parted_labels(with_whole_values(drawn)))))
    pieces = _without_bare_labels(list(_without_rates(pieces)))
    befores = [None, *pieces]
    return [
        piece
        for before, piece in zip(befores, pieces, strict=False)
        if piece.is_label or not is_block_label(piece.token) or _ends_a_value(before, piece)
    ]


def _ends_a_value(before: Piece | None, piece: Piece) -> bool:
    """Say whether a text is the end of a value in words that a line end breaks: 达成预期|指标."""
    end = before.token.text + piece.token.text if before else piece.token.text
    known = words("ungridded")["values"]["words"]
    return before is not None and any(word.endswith(end) for word in known)


def _without_bare_labels(pieces: Sequence[Piece]) -> list[Piece]:
    """Take 成本, 满意度 or 服务对象满意度 ≥90% for ordinary text where the form's labels of level 2 end in 指标.

    So is a label of another layout, whose level 1 the form does not have: 长效管理|机制健全性 is a name. Not between
    tabs: there its column tells a label.
    """
    endings = tuple(words("ungridded")["names"]["label_endings"])
    full = sum(
        level_kind(piece.token.text, 2) is not None and piece.token.text.endswith(endings) for piece in pieces
    )
    if full < _FULL_LABELS:
        return list(pieces)
    firsts = {level_kind(piece.token.text, 1) for piece in pieces}
    return [
        Piece(piece.token, False)
        if piece.token.column is None
        and (_is_bare_label(piece, following) or _lacks_its_first(piece.token.text, firsts))
        else piece
        for piece, following in zip_longest(pieces, pieces[1:])
    ]


def _is_bare_label(piece: Piece, following: Piece | None) -> bool:
    """Say whether a text is short of its ending only to be a label, and more likely the text of a cell."""
    text = bare(piece.token.text)
    is_likely = len(text) <= _LONGEST_ABBREVIATION or _is_before_value(piece, following)
    endings = words("ungridded")["names"]["label_endings"]
    return is_likely and any(text + ending in level_labels() for ending in endings)


def _lacks_its_first(text: str, firsts: Set[str | None]) -> bool:
    """Say whether a text is a label of level 2 without its ending, whose level 1 is none of some kinds."""
    kind = level_kind(text, 2)
    has_ending = text.endswith(tuple(words("ungridded")["names"]["label_endings"]))
    return kind is not None and not has_ending and level_parent(kind) not in firsts


def _without_rates(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces; a rate with the last text of its line, which has a figure, is a name and its value.

    预算执行率 is a kind of level 2 in some forms, and an indicator in others: 预算执行率 执行率95%以上.
    """
    endings = tuple(words("ungridded")["names"]["endings"])
    for piece, following in zip_longest(pieces, pieces[1:]):
        is_pair = following is not None and following.token.line == piece.token.line and following.token.last
        is_name = piece.is_label and piece.token.column is None and piece.token.text.endswith(endings)
        has_figure = following is not None and any(map(str.isdigit, following.token.text))
        yield Piece(piece.token, False) if is_name and is_pair and has_figure else piece


def _is_before_value(piece: Piece, following: Piece | None) -> bool:
    """Say whether the next text on the line is a value: what stands in front of it is a name."""
    if following is None or following.token.line != piece.token.line:
        return False
    return looks_like_value(following.token.text)


def is_level_label(text: str) -> bool:
    """Say whether a text is a level label of a known layout."""
    return level_kind(text, 1) is not None or level_kind(text, 2) is not None


def _pieces(tokens: Sequence[Token]) -> Iterator[Piece]:
    """Yield the pieces; a label that a narrow cell broke over lines is one."""
    at = 0
    while at < len(tokens):
        length = label_length(tokens, at, is_level_label)
        yield Piece(merged(tokens[at : at + (length or 1)]), bool(length))
        at += length or 1


def _is_rule(text: str) -> bool:
    """Say whether a text is a line drawn with dashes, as converters set below a heading."""
    return len(text) > 1 and not text.strip("-—=_|:+ ")
