"""How soon a report opens in Chromium, answers a change of filter, and scrolls."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

REPEATS = 3
SCREENS = 20
"""Screens that are scrolled through, a screen a frame: faster than any hand."""
PAINTED = (
    "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
)
"""Milliseconds from the beginning of the navigation until what the scripts made is on the screen."""
FILTERED = """severity => new Promise(done => {
    const start = performance.now();
    document.querySelector(`[name=severity][value=${severity}]`).click();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
})"""
SCROLLED = """screens => new Promise(done => {
    const start = performance.now();
    let left = screens;
    const step = () => {
        scrollBy({top: innerHeight, behavior: "instant"});
        left -= 1;
        if (left) requestAnimationFrame(step);
        else done((performance.now() - start) / screens);
    };
    step();
})"""


@dataclass(frozen=True, slots=True)
class Opening:
    """Seconds on the clock: from the address to a painted page that answers, a change of filter, a screen."""

    usable: float
    filtered: float
    screen: float


def measured(browser: Any, file: Path) -> Opening:
    """Return what a report takes in a running browser, the medians of REPEATS."""
    usable, filtered, screens = [], [], []
    for _ in range(REPEATS):
        tab = browser.new_page(viewport={"width": 1440, "height": 900})
        tab.goto(file.as_uri())
        usable.append(tab.evaluate(PAINTED))
        filtered += [
            tab.evaluate(FILTERED, severity) for severity in ("error", "warning", "error", "warning")
        ]
        screens.append(tab.evaluate(SCROLLED, SCREENS))
        tab.close()
    return Opening(median(usable) / 1000, median(filtered) / 1000, median(screens) / 1000)


@contextmanager
def chromium() -> Iterator[Any]:
    """Give a running Chromium, None where it or Playwright is not installed."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        executable = None
    if executable is None:
        yield None
        return
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()
