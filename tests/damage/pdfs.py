"""Faults in PDF files that leave their cross-references whole: in objects, in page contents, in streams."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pikepdf

from tests.damage.contents import damaged_bytes

NAMES = ["/Page", "/Pages", "/Font", "/XObject", "/DeviceN", "/Identity-H", "/FlateDecode", "/Form", "/x"]
OPERATORS = [
    b"q", b"Q", b"BT", b"ET", b"cm", b"re", b"S", b"f", b"W", b"n", b"l", b"m", b"c", b"h", b"Tm", b"Td",
    b"Tj", b"TJ", b"Tf", b"Do", b"gs", b"BDC", b"EMC", b"w", b"d",
]  # fmt: skip


def damaged_pdf(data: bytes, chance: random.Random) -> bytes:
    """Return a PDF with one to four faults behind a sound cross-reference table, packed anew."""
    made = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for _ in range(chance.randint(1, 4)):
                chance.choice(FAULTS)(pdf, chance)
            pdf.save(
                made,
                compress_streams=chance.random() < 0.5,
                object_stream_mode=chance.choice(list(pikepdf.ObjectStreamMode)),
                deterministic_id=True,
            )
    except Exception:  # What is too broken to be written raises all kinds: its bytes are damaged instead.
        return damaged_bytes(data, chance)
    return made.getvalue()


def _value(pdf: pikepdf.Pdf, chance: random.Random) -> Any:
    """Return something that may stand where another value stood: any object of the file among them."""
    numbers = [0, -1, 3, 90, 2**31 - 1, Decimal("1e30"), Decimal("-0.0001")]
    plain = [True, None, pikepdf.String("指标"), pikepdf.Name(chance.choice(NAMES))]
    holders = [pikepdf.Array([]), pikepdf.Dictionary(), pikepdf.Array([0] * 6)]
    present = [*chance.choices(list(pdf.objects), k=3), pdf.Root, pdf.Root.Pages]
    return chance.choice([*numbers, *plain, *holders, *present])


def _set_value(pdf: pikepdf.Pdf, chance: random.Random) -> None:
    """Put another value somewhere into an object; references may then go round in circles."""
    holder = chance.choice(list(pdf.objects))
    while True:
        keys = _keys(holder)
        if not keys:
            return
        key = chance.choice(keys)
        inner = holder[key]
        if (
            isinstance(inner, pikepdf.Object)
            and not inner.is_indirect
            and _keys(inner)
            and chance.random() < 0.7
        ):
            holder = inner
            continue
        if isinstance(key, str) and chance.random() < 0.2:
            del holder[key]
        else:
            holder[key] = _value(pdf, chance)
        return


def _keys(holder: pikepdf.Object) -> list[Any]:
    if isinstance(holder, pikepdf.Dictionary | pikepdf.Stream):
        return [key for key in holder if key != "/Length"]
    return list(range(len(holder))) if isinstance(holder, pikepdf.Array) else []


def _streams(pdf: pikepdf.Pdf) -> list[pikepdf.Stream]:
    return [found for found in pdf.objects if isinstance(found, pikepdf.Stream)]


def _damage_stream(pdf: pikepdf.Pdf, chance: random.Random) -> None:
    """Damage what a stream holds when unpacked: a font, its encoding, a picture, a page."""
    streams = _streams(pdf)
    if streams:
        stream = chance.choice(streams)
        stream.write(damaged_bytes(stream.read_bytes(), chance))


def _damage_packed_stream(pdf: pikepdf.Pdf, chance: random.Random) -> None:
    """Damage a stream as it is packed."""
    streams = _streams(pdf)
    if streams:
        stream = chance.choice(streams)
        packed = damaged_bytes(stream.read_raw_bytes(), chance)
        stream.write(packed, filter=stream.get("/Filter"), decode_parms=stream.get("/DecodeParms"))


def _damage_content(pdf: pikepdf.Pdf, chance: random.Random) -> None:
    """Lose, repeat, exchange or change the instructions of a page."""
    page = chance.choice(list(pdf.pages))
    content: list[tuple[list[Any], pikepdf.Operator]] = [
        (list(part.operands), part.operator)
        for part in pikepdf.parse_content_stream(page)
        if isinstance(part, pikepdf.ContentStreamInstruction)
    ]
    for _ in range(chance.randint(1, 12)):
        place = chance.randrange(len(content) + 1)
        length = chance.choice([1, 1, 5, 40])
        match chance.randrange(5):
            case 0:
                del content[place : place + length]
            case 1:
                content[place:place] = content[place : place + length] * chance.choice([1, 3, 100])
            case 2:
                content.insert(place, ([], pikepdf.Operator(chance.choice(OPERATORS))))
            case 3 if place < len(content):
                content[place] = (content[place][0], pikepdf.Operator(chance.choice(OPERATORS)))
            case _ if place < len(content) and content[place][0]:
                operands = content[place][0]
                operands[chance.randrange(len(operands))] = chance.choice(
                    [0, -1, 2**31 - 1, Decimal("1e30"), Decimal("0.00001"), 5, 300, pikepdf.Name("/x")]
                )
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(content))


def _exchange_pages(pdf: pikepdf.Pdf, chance: random.Random) -> None:
    """Repeat a page, turn it, or move the edges of its paper."""
    page = chance.choice(list(pdf.pages))
    match chance.randrange(4):
        case 0:
            for _ in range(chance.choice([1, 3, 30])):
                pdf.pages.append(page)
        case 1:
            page.Rotate = chance.choice([90, 180, 270, 45, -90, 10**9])
        case 2:
            page.MediaBox = pikepdf.Array([chance.choice([0, -500, 0.001, 300, 1e9]) for _ in range(4)])
        case _:
            page.CropBox = pikepdf.Array([chance.choice([0, -500, 50, 300, 1e9]) for _ in range(4)])


FAULTS: list[Callable[[pikepdf.Pdf, random.Random], None]] = [
    _set_value, _set_value, _damage_stream, _damage_packed_stream, _damage_content, _damage_content, _exchange_pages,
]  # fmt: skip
