"""Old formats: converted by LibreOffice where it is, refused with a remedy where it is not."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from perflint.document import UnreadableFile
from perflint.limits import Limits
from perflint.readers import legacy, read_document
from perflint.report.problems import explain
from tests.packages import seen

FILES = Path(__file__).parent.parent / "fixtures" / "files"
RTF = rb"{\rtf1\ansi\ansicpg936 \'cf\'ee\'c4\'bf\par\trowd\cellx4000\cellx8000\intbl A\cell B\cell\row}"
needs_libreoffice = pytest.mark.skipif(legacy.find_program() is None, reason="needs LibreOffice")


@needs_libreoffice
def test_a_word_97_file_reads_like_the_new_one(tmp_path: Path) -> None:
    command = [
        legacy.find_program() or "",
        f"-env:UserInstallation={(tmp_path / 'p').as_uri()}",
        "--headless",
    ]
    command += ["--convert-to", "doc", "--outdir", str(tmp_path), str(FILES / "clean.docx")]
    subprocess.run(command, check=True, capture_output=True)
    old = read_document((tmp_path / "clean.doc").read_bytes(), "a.wps")
    new = read_document((FILES / "clean.docx").read_bytes(), "a.docx")
    assert old.format == "wps"

    def words(blocks: list[object]) -> list[object]:
        return [block if isinstance(block, str) else [c[4] for c in block if c[4]] for block in blocks]

    assert words(list(seen(old))) == words(list(seen(new)))


@needs_libreoffice
def test_rich_text() -> None:
    assert seen(read_document(RTF, "a.doc")) == ["项目", [(0, 0, 1, 1, "A"), (0, 1, 1, 1, "B")]]


def test_without_libreoffice_the_remedy_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("PATH", "PROGRAMFILES", "PROGRAMFILES(X86)"):
        monkeypatch.setenv(name, str(tmp_path))
    if legacy.find_program() is not None:
        pytest.skip("LibreOffice stands where the path does not matter")
    with pytest.raises(UnreadableFile) as refused:
        read_document(RTF, "申报表.doc")
    told = explain(refused.value.reason, refused.value.values, "zh")
    assert told.reason == "旧格式（.doc）需要 LibreOffice 转换，本机未找到 soffice"
    assert told.remedy == "安装 LibreOffice，或另存为 DOCX、XLSX 后再检查"


def stand_in(folder: Path, script: str) -> None:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


@pytest.mark.skipif(not Path("/bin/sh").exists(), reason="needs a shell")
def test_a_conversion_that_hangs_or_fails_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    stand_in(tmp_path, "sleep 60")
    with pytest.raises(UnreadableFile) as refused:
        read_document(RTF, "a.doc", Limits(seconds=0.3))
    assert refused.value.limit == "seconds"
    stand_in(tmp_path, "echo source file could not be loaded")
    with pytest.raises(UnreadableFile) as refused:
        read_document(RTF, "a.doc")
    assert (refused.value.reason, refused.value.values["detail"]) == (
        "conversion-failed",
        "source file could not be loaded",
    )
