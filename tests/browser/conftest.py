"""A real browser on a real report; skipped where Chromium or Playwright is not installed."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

import perflint
from perflint.render import RenderOptions
from perflint.render.html import render
from tests.report_samples import NOON, document, finding, form, indicator, report

FILES = Path(__file__).parent.parent.parent / "fixtures" / "files"

Opener = Callable[..., Any]


@pytest.fixture(scope="session")
def report_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report of a small run: a PDF, a Word file, one without defects, one that cannot be read."""
    names = ("five-defects.weasyprint.pdf", "target-2020-information-centre.docx", "clean.html")
    folder = tmp_path_factory.mktemp("report")
    (folder / "损坏.pdf").write_bytes(b"%PDF-1.7 broken")
    return written_report(folder, names)


@pytest.fixture(scope="session")
def manual_report_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report that the manual shows."""
    names = ("declaration-2026-statistics-centre.chromium.pdf", "self-evaluation-2024-minhang.weasyprint.pdf")
    return written_report(tmp_path_factory.mktemp("manual"), names)


@pytest.fixture(scope="session")
def long_report_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a report of 600 forms with two findings each."""
    count, rate = indicator(1, "监测次数", "=100.00(%)"), indicator(2, "巡查情况", "良好")
    documents = []
    for number in range(1, 601):
        found = [finding("U301", count, replacement="=100(次)"), finding("Q406", rate, severity="advice")]
        for one in found:
            one["fingerprint"] += f"{number:04}"
            one["excerpt"] = "良好"
        made = form(count, rate, project=f"第{number}个项目", header={"实施单位": f"{number % 20}号单位"})
        documents.append(document(made, findings=found, path=f"{number}.xlsx", format="xlsx"))
    file = tmp_path_factory.mktemp("long") / "report.html"
    file.write_text(render(report(*documents), RenderOptions(generated_at=NOON)), "utf-8")
    return file


def written_report(folder: Path, names: Sequence[str]) -> Path:
    """Copy fixtures to a folder, check it, and return the HTML report in it."""
    for name in names:
        shutil.copy(FILES / name, folder)
    with contextlib.chdir(folder):
        checked = perflint.check(["."])
    file = folder / "report.html"
    file.write_text(render(checked, RenderOptions(base=folder, generated_at=NOON)), "utf-8")
    return file


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Return Chromium."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        pytest.skip("needs Chromium")
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def open_report(browser: Any, report_file: Path) -> Iterator[Opener]:
    """Return a function that opens the report; every page must stay free of errors and requests."""
    complaints: list[str] = []
    contexts = []

    def open_it(hash_: str = "", file: Path = report_file, **settings: Any) -> Any:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **settings})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: complaints.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("request", lambda request: _note(complaints, request.url))
        page.goto(file.as_uri() + hash_)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert complaints == []


def _note(complaints: list[str], url: str) -> None:
    if not url.startswith(("file:", "data:", "blob:")):
        complaints.append(f"request: {url}")
