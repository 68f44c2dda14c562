"""Office packages whose bytes depend on their content alone, not on the moment they were written."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

CORE = "docProps/core.xml"
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def dated(package: bytes, made: datetime) -> bytes:
    """Return a docx or xlsx package with `made` as the time of its parts and of its last change."""
    moment = made.astimezone(UTC)
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode("ascii")
    buffer = BytesIO()
    with ZipFile(BytesIO(package)) as source, ZipFile(buffer, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == CORE:
                data = MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", data)
            part = ZipInfo(entry.filename, moment.timetuple()[:6])
            part.compress_type = ZIP_DEFLATED
            target.writestr(part, data)
    return buffer.getvalue()
