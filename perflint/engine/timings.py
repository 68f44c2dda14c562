"""Where the time of a run goes."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Timings:
    """Seconds by step and by file. Steps done by several workers add up to more than the clock shows."""

    steps: dict[str, float] = field(default_factory=dict)
    files: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Count the time of a block to a step."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.add(name, time.perf_counter() - started)

    def add(self, name: str, seconds: float) -> None:
        """Count seconds to a step."""
        self.steps[name] = self.steps.get(name, 0.0) + seconds

    def add_file(self, path: str, seconds: Mapping[str, float]) -> None:
        """Count the steps of one file."""
        for name, spent in seconds.items():
            self.add(name, spent)
        self.files[path] = sum(seconds.values())
