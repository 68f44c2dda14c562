"""Faults in bytes, whatever they mean: changed, lost, doubled, replaced by what readers choke on, cut off."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

Fault = Callable[[bytes, random.Random], bytes]

# What readers have to parse, where it can hurt: huge and odd numbers, spans, nesting, entities, endings.
POISON = [
    b"99999999999", b"-1", b"0", b"1e309", b"NaN", b"\xff\xfe", b"\0", b'"', b">", b"<", b"]]>", b"&#0;",
    b"&x;", b"<!DOCTYPE x>", b"XFD1048576", b'colspan="99999"', b"<table><tr><td>", b"<w:tbl><w:tr><w:tc>",
    b"g 99999999 1", b"\xef\xbf\xbe", b"\xf0\x9f\x98\x80", b" " * 999, b"stream", b"endobj", b"1 0 R",
    b"<< ", b"[" * 200, b"q " * 99, b"\f", b"\t",
]  # fmt: skip
VALUES = [
    b"0", b"-1", b"99999999999", b"1e309", b"nan", b"", b"x", b"true", b"A1:XFD1048576", b"g 99999999 1",
    b"1 0 0 1", b"0 0 0 0 0 0",
]  # fmt: skip
"""What an attribute may hold that is still XML."""
ATTRIBUTE = re.compile(rb'([\w:]+)="([^"<>]*)"')


def damaged_bytes(data: bytes, chance: random.Random, faults: Sequence[Fault] | None = None) -> bytes:
    """Return bytes with one to four faults."""
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(faults or FAULTS)(data, chance)
    return data


def another_value(data: bytes, chance: random.Random) -> bytes:
    """Give some attributes of one name another value; the rest stays whole."""
    found = list(ATTRIBUTE.finditer(data))
    if not found:
        return _poison(data, chance)
    name, value = chance.choice(found)[1], chance.choice(VALUES)
    often = chance.choice([0.05, 1.0])
    return ATTRIBUTE.sub(
        lambda match: (
            match[1] + b'="' + value + b'"' if match[1] == name and chance.random() < often else match[0]
        ),
        data,
    )


def _span(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice([1, 1, 2, 8, 64, 1024]))


def _flip(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + bytes(byte ^ chance.randrange(256) for byte in data[start:end]) + data[end:]


def _lose(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def _double(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:end] + data[start:end] * chance.choice([1, 2, 50]) + data[end:]


def _poison(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + chance.choice(POISON) + data[chance.choice([start, end]) :]


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _shuffle_lines(data: bytes, chance: random.Random) -> bytes:
    """Lose, double, join or exchange some lines."""
    lines = data.split(b"\n")
    for _ in range(chance.randint(1, 9)):
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        match chance.randrange(4):
            case 0:
                lines[one] = b""
            case 1:
                lines.insert(other, lines[one])
            case 2:
                lines[one] += lines[other]
            case _:
                lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


FAULTS: list[Fault] = [_flip, _lose, _double, _poison, another_value, _cut, _shuffle_lines]
