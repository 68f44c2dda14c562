"""The double-click: a file that checks its folder and opens the report in the browser."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from perflint.cli.shortcut import script
from tests.command import perflint
from tests.paper import COUNT_IN_PERCENT, SOUND, form, write

Capture = pytest.CaptureFixture[str]
REPORT = "绩效表审核报告.html"


@pytest.fixture
def opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand a program in for the browser that writes down what it is asked to open."""
    browser, pages = folder / "browser", folder / "opened.txt"
    browser.write_text(f'#!/bin/sh\necho "$1" >> "{pages}"\n', "utf-8")
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(browser))
    return pages


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="runs the script of other desktops")
def test_a_double_click_checks_the_folder_and_opens_the_report(
    folder: Path, opened: Path, capsys: Capture
) -> None:
    forms = folder / "2026 年 'A' 组"
    forms.mkdir()
    write(forms / "a.html", form("甲项目", [*SOUND, COUNT_IN_PERCENT]))
    made = perflint(capsys, "shortcut", forms)
    script_file = forms / "绩效表审核.sh"
    assert (made.code, made.out) == (0, f"已写入 {script_file}\n")
    finished = subprocess.run([script_file], capture_output=True, text=True, cwd="/")
    assert (finished.returncode, finished.stderr) == (0, f"已写入 {REPORT}\n")
    assert "U301" in finished.stdout
    assert opened.read_text("utf-8") == (forms / REPORT).as_uri() + "\n"
    assert "甲项目" in (forms / REPORT).read_text("utf-8")


def test_open_shows_the_pages_that_were_asked_for(folder: Path, opened: Path, capsys: Capture) -> None:
    path = write(folder / "a.html", form("甲项目"))
    assert perflint(capsys, "check", path, "-f", "html=x.html", "--open").code == 0
    assert opened.read_text("utf-8") == (folder / "x.html").as_uri() + "\n"
    assert not (folder / REPORT).exists()


def test_no_browser_is_said(folder: Path) -> None:
    path = write(folder / "a.html", form("甲项目"))
    command = [sys.executable, "-m", "perflint", "check", path, "--open"]
    without = {"PATH": os.fspath(folder), "PERFLINT_LANG": "zh"}
    finished = subprocess.run(command, env=without, capture_output=True, encoding="utf-8")
    assert finished.stderr.splitlines() == [f"已写入 {REPORT}", f"没有可用的浏览器，请自行打开 {REPORT}"]


def test_the_script_for_windows() -> None:
    assert script(".bat", r"C:\100%\python.exe").split("\r\n")[3:] == [
        'cd /d "%~dp0"',
        'set "files=%*"',
        'if not defined files set "files=."',
        r'"C:\100%%\python.exe" -m perflint check %files% --open',
        "if errorlevel 2 pause",
        "",
    ]
