"""An office's gate from the first run on: 300 files of all formats in a git repository."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from fixtures.make.office import write_office
from tests.command import codes, perflint
from tests.paper import COUNT_IN_PERCENT, SOUND, form, write

Capture = pytest.CaptureFixture[str]
FILES = 300


def git(folder: Path, *arguments: object) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", *identity, *map(str, arguments)], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a git repository with the files, and one page that the tests may change."""
    folder = tmp_path_factory.mktemp("office")
    write_office(folder / "forms", FILES - 1)
    write(folder / "forms" / "page.html", form("检测设备购置"))
    (folder / "perflint.toml").write_text('fail-on = "advice"\n', "utf-8")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "forms")
    return folder


def test_the_gate_from_first_run_to_green(
    office: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office)
    first = perflint(capsys, "check", ".", "-f", "json")
    assert first.report["summary"]["documents"] == {"checked": FILES, "no_form": 0, "unreadable": 0}
    assert first.code == 1

    written = perflint(capsys, "check", ".", "-f", "json", "--write-baseline", "perflint-baseline.json")
    assert (written.code, codes(written.report)) == (0, [])
    (office / "perflint.toml").write_text('fail-on = "advice"\nbaseline = "perflint-baseline.json"\n', "utf-8")
    git(office, "add", ".")
    git(office, "commit", "-q", "-m", "baseline")

    write(office / "forms" / "page.html", form("检测设备购置", [*SOUND, COUNT_IN_PERCENT]))
    git(office, "add", ".")
    red = perflint(capsys, "check", ".", "-f", "json")
    assert (red.code, codes(red.report)) == (1, ["U301"])
    staged = perflint(capsys, "check", "--staged", "-f", "json")
    assert (staged.code, codes(staged.report)) == (1, ["U301"])

    write(office / "forms" / "page.html", form("检测设备购置"))
    git(office, "add", ".")
    green = perflint(capsys, "check", ".", "-f", "json")
    assert (green.code, codes(green.report)) == (0, [])

    clone = tmp_path / "clone"
    git(office, "clone", "-q", office, clone)
    monkeypatch.chdir(clone)
    elsewhere = perflint(capsys, "check", ".", "-f", "json")
    assert elsewhere.out == green.out
    fresh = perflint(capsys, "check", ".", "-f", "json", "--cache-dir", tmp_path / "fresh")
    assert fresh.out == green.out
    shutil.rmtree(clone)
