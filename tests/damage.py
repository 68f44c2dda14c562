"""Damage done to files: bytes changed, lost and doubled, in the file or in a part of its package."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

# What readers have to parse, where it can hurt: huge and odd numbers, spans, nesting, entities, endings.
POISON = [
    b"99999999999", b"-1", b"0", b"1e309", b"NaN", b"\xff\xfe", b"\0", b'"', b">", b"<", b"]]>", b"&#0;",
    b"&x;", b"<!DOCTYPE x>", b"XFD1048576", b'colspan="99999"', b"<table><tr><td>", b"<w:tbl><w:tr><w:tc>",
    b"g 99999999 1",
    b"\xef\xbf\xbe", b"\xf0\x9f\x98\x80", b" " * 999,
]  # fmt: skip


ATTRIBUTE = re.compile(rb'([\w:]+)="([^"<>]*)"')
VALUES = [
    b"0",
    b"-1",
    b"99999999999",
    b"1e309",
    b"nan",
    b"",
    b"x",
    b"true",
    b"A1:XFD1048576",
    b"g 99999999 1",
    b"1 0 0 1",
]
"""What an attribute may hold that is still XML."""


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return the file with one to four faults; the parts of a package are unpacked for half of them."""
    if data.startswith(b"PK") and chance.random() < 0.7:
        return _in_a_part(data, chance)
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(FAULTS)(data, chance)
    return data


def _in_a_part(data: bytes, chance: random.Random) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(made, "w") as changed:
        unlucky = chance.choice(package.namelist())
        for name in package.namelist():
            part = package.read(name)
            if name == unlucky:
                if chance.random() < 0.1:
                    continue
                faults = chance.choice([FAULTS, [_another_value]])
                for _ in range(chance.randint(1, 4)):
                    part = chance.choice(faults)(part, chance)
            changed.writestr(name, part)
    return made.getvalue()


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


def _another_value(data: bytes, chance: random.Random) -> bytes:
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


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


FAULTS: list[Callable[[bytes, random.Random], bytes]] = [_flip, _lose, _double, _poison, _another_value, _cut]
