"""Put cells of an indicator table together whose rest stands behind other cells, as a page break leaves it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from perflint.forms.ungridded.cells import is_points
from perflint.forms.ungridded.labels import level_labels
from perflint.forms.ungridded.rows import Piece
from perflint.forms.ungridded.tokens import Token, joined_text, merged
from perflint.forms.vocabulary import comparable

# A part of a label that a page break cut off: 可持续影 before the break, 响指标 behind it.
_LONGEST_PART = 6
_LONGEST_GAP = 12


def with_whole_values(tokens: Sequence[Token]) -> list[Token]:
    """Put values together whose bracket closes behind other cells: ≤12.00(个 10.00 5.00|月).

    Values that are open at the same time close in their order. Between tabs cells are whole.
    """
    whole: list[Token] = []
    opened: list[int] = []
    for token in tokens:
        opened = [at for at in opened if len(whole) - at <= _LONGEST_GAP]
        depth = _depth(token)
        if depth < 0 and opened and not _are_apart(whole[opened[-1] :], token):
            opened.pop()
        elif depth < 0 and opened:
            at = opened.pop(0)
            whole[at] = merged([whole[at], token])
            continue
        elif depth > 0:
            opened.append(len(whole))
        whole.append(token)
    return whole


def _depth(token: Token) -> int:
    """Return how many brackets a token opens more than it closes; between tabs none."""
    if token.column is not None:
        return 0
    return sum(token.text.count(bracket) for bracket in "（(") - sum(map(token.text.count, "）)"))


def _are_apart(tokens: Sequence[Token], token: Token) -> bool:
    """Say whether a page break or points stand between the first of some tokens and the one behind them.

    The points of a level that stand alone on their line are part of its label: 满意|度指|标（|10分|）.
    """
    between = [*tokens[1:], token]
    if all(other.first and other.last and not other.break_before for other in (tokens[0], *between)):
        return False
    return any(
        is_points(other.text) or other.break_before for other in between if other.line != tokens[0].line
    )


def with_whole_labels(pieces: Sequence[Piece]) -> list[Piece]:
    """Put labels together whose parts stand on either side of a row, one or two side by side."""
    result = list(pieces)
    for index in range(len(result)):
        beginning = _run(result, index)
        if not _begins_a_label(comparable(_text(beginning[:1]))):
            continue
        for later in range(index + len(beginning) + 1, min(index + _LONGEST_GAP, len(result))):
            # The rest of two labels may look like one: 服务|对象 before the break, 满意|度指|标 behind it.
            runs = (_run(result, later), _run(result, later, with_labels=True))
            found = ((rest, labels) for rest in runs if rest for labels in _labels_of(beginning, rest))
            if (match := next(found, None)) is not None:
                rest, labels = match
                middle = result[index + len(beginning) : later]
                tail = result[later + len(rest) :]
                return with_whole_labels([*result[:index], *labels, *middle, *tail])
    return result


def _labels_of(beginning: Sequence[Piece], rest: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield the labels that the parts on either side make: one of all, or two of the former and latter ones."""
    if _is_label([*beginning, *rest]):
        yield [_label(beginning, rest)]
    for cut in range(1, len(beginning)):
        for other in range(1, len(rest)):
            former, latter = (beginning[:cut], rest[:other]), (beginning[cut:], rest[other:])
            if _is_label([*former[0], *former[1]]) and _is_label([*latter[0], *latter[1]]):
                yield [_label(*former), _label(*latter)]


def _is_label(pieces: Sequence[Piece]) -> bool:
    return comparable(_text(pieces)) in level_labels()


def _label(beginning: Sequence[Piece], rest: Sequence[Piece]) -> Piece:
    """Return the parts of a label as one piece on the line of the first."""
    whole = merged([piece.token for piece in (*beginning, *rest)])
    return Piece(replace(whole, line=beginning[0].token.line), True)


def _text(pieces: Sequence[Piece]) -> str:
    return joined_text([piece.token for piece in pieces])


def _run(pieces: Sequence[Piece], start: int, *, with_labels: bool = False) -> list[Piece]:
    """Return the pieces from one on that stand alone on their lines and may be parts of a cut label."""
    run: list[Piece] = []
    for index in range(start, len(pieces)):
        piece = pieces[index]
        token = piece.token
        alone = token.first and token.last
        if (
            (piece.is_label and not with_labels)
            or not alone
            or len(token.text) > _LONGEST_PART
            or not _is_part(comparable(token.text))
        ):
            break
        run.append(piece)
    return run


def _is_part(text: str) -> bool:
    return any(text in label for label in level_labels())


def _begins_a_label(text: str) -> bool:
    labels = level_labels()
    return text not in labels and any(label.startswith(text) for label in labels if text)
