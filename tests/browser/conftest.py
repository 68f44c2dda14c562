"""A real browser on a real report; skipped where Chromium or Playwright is not installed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import perflint
from perflint.render import RenderOptions
from perflint.render.html import render
from tests.report_samples import NOON

FILES = Path(__file__).parent.parent.parent / "fixtures" / "files"
SAMPLE = (
    "five-defects.weasyprint.pdf", "declaration-2026-statistics-centre.chromium.pdf",
    "self-evaluation-2024-minhang.xlsx", "clean.html",
)  # fmt: skip

Opener = Callable[..., Any]


@pytest.fixture(scope="session")
def report_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the HTML report of a run over PDF, Excel and HTML files and one that cannot be read."""
    folder = tmp_path_factory.mktemp("report")
    for name in SAMPLE:
        shutil.copy(FILES / name, folder)
    (folder / "损坏.pdf").write_bytes(b"%PDF-1.7 broken")
    report = perflint.check([folder])
    for document in report["documents"]:
        document["path"] = Path(document["path"]).name
        for finding in document["findings"]:
            for related in finding["related"]:
                related["path"] = Path(related["path"]).name
    file = folder / "report.html"
    file.write_text(render(report, RenderOptions(base=folder, generated_at=NOON)), "utf-8")
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

    def open_it(hash_: str = "", **settings: Any) -> Any:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **settings})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: complaints.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("request", lambda request: _note(complaints, request.url))
        page.goto(report_file.as_uri() + hash_)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert complaints == []


def _note(complaints: list[str], url: str) -> None:
    if not url.startswith(("file:", "data:", "blob:")):
        complaints.append(f"request: {url}")
