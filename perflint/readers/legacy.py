"""Older and rarer office formats (.doc, .wps, .rtf, .odt, .xlsb …): LibreOffice converts, where installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from perflint.document import Document, UnreadableFile
from perflint.limits import Limits
from perflint.readers import docx, xlsx
from perflint.readers.kinds import COMPOUND_FILE, utf_16_holds

PROGRAMS = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)")
SHEET_EXTENSIONS = frozenset({".et", ".ett", ".xls", ".xlt", ".ods", ".fods", ".xlsb", ".csv"})

SHARE = 0.9
"""The part of a file's time that its conversion may take: were it ended with the reader, LibreOffice would run on."""

# No macro runs, and nothing that the document points to is fetched.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""


def read(data: bytes, limits: Limits, extension: str) -> Document:
    """Convert a file to docx or xlsx in a folder of its own and read that.

    `extension` is that of the file, with its dot. Raises UnreadableFile where LibreOffice is not installed,
    fails or takes too long for `limits.seconds`, and as the readers of docx and xlsx do.
    """
    program = find_program()
    if program is None:
        raise UnreadableFile("needs-libreoffice", extension=extension)
    target = "xlsx" if _is_workbook(data, extension) else "docx"
    with TemporaryDirectory(prefix="perflint-", ignore_cleanup_errors=True) as name:
        converted = _convert(program, data, extension, target, Path(name), limits)
    document = xlsx.read(converted, limits) if target == "xlsx" else docx.read(converted, limits)
    return replace(document, format=extension.lstrip(".") or document.format)


def find_program() -> str | None:
    """Return the path of LibreOffice, or None where it is not installed."""
    for name in PROGRAMS:
        if found := shutil.which(name):
            return found
    for folder in WINDOWS_FOLDERS:
        path = Path(os.environ.get(folder, "")) / "LibreOffice" / "program" / "soffice.exe"
        if path.is_absolute() and path.is_file():
            return str(path)
    return None


def _is_workbook(data: bytes, extension: str) -> bool:
    if data.startswith(COMPOUND_FILE) and utf_16_holds(data, "WordDocument"):
        return False
    return (
        extension in SHEET_EXTENSIONS
        or b"office:spreadsheet" in data[:8192]
        or b"opendocument.spreadsheet" in data[:8192]
        or b"xl/workbook.bin" in data
    )


def _convert(program: str, data: bytes, extension: str, target: str, folder: Path, limits: Limits) -> bytes:
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
    source = folder / f"document{extension}"
    source.write_bytes(data)
    command = [
        program,
        f"-env:UserInstallation={profile.parent.as_uri()}",
        *("--headless", "--norestore", "--nologo", "--convert-to", target, "--outdir", str(folder / "out")),
        str(source),
    ]
    output = _run(command, limits.seconds * SHARE).strip()
    converted = folder / "out" / f"document.{target}"
    if not converted.is_file():
        raise UnreadableFile(
            "conversion-failed", detail=output.strip().splitlines()[-1] if output.strip() else "-"
        )
    return converted.read_bytes()


def _run(command: list[str], seconds: float) -> str:
    """Run a program and return what it printed. Raises UnreadableFile where it takes too long."""
    # A session of its own: soffice is a script that starts the program proper, and both must end.
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        _end(process)
        raise UnreadableFile(
            "over-limit", limit="seconds", found=f">{seconds:g}", allowed=f"{seconds:g}"
        ) from None
    except BaseException:
        _end(process)
        raise
    return output.decode("utf-8", "replace")


def _end(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
