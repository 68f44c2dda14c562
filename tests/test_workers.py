"""Processes that do the work: whatever happens to one of them, the others' results come in."""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import Any

import pytest

from perflint.engine.workers import Failure, work, worker_count
from perflint.limits import ask_for_time


def job(task: tuple[str, Any]) -> Any:
    """Do what a test asks for."""
    order, value = task
    if order == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if order == "exit":
        os._exit(3)
    if order == "hang":
        time.sleep(60)
    if order == "raise":
        raise ValueError(value)
    if order == "long":
        for _ in range(value):
            ask_for_time(10)
            time.sleep(0.2)
    if order == "fill":
        return len(bytearray(value))
    if order == "process":
        return os.getpid()
    return value


def results(*tasks: tuple[str, Any], jobs: int = 2, seconds: float = 30) -> list[Any]:
    """Return what came of the tasks, in their order."""
    found = dict(work(job, tasks, jobs, seconds))
    return [found[number] for number in range(len(tasks))]


@pytest.mark.parametrize("jobs", [1, 2, 8])
def test_every_task_gets_its_result(jobs: int) -> None:
    assert results(*(("give", number) for number in range(20)), jobs=jobs) == list(range(20))


def test_no_task_is_no_work() -> None:
    assert list(work(job, [], 4, 1)) == []


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_process_that_dies_takes_only_its_own_task(jobs: int) -> None:
    found = results(
        ("give", 1), ("kill", None), ("exit", None), ("give", 2), ("kill", None), ("give", 3), jobs=jobs
    )
    killed = Failure("worker-died", "SIGKILL")
    assert found == [1, killed, Failure("worker-died", "3"), 2, killed, 3]


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_task_that_takes_too_long_is_ended(jobs: int) -> None:
    started = time.monotonic()
    assert results(("hang", None), ("give", 1), ("give", 2), jobs=jobs, seconds=0.5) == [
        Failure("timed-out", "0.5"),
        1,
        2,
    ]
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_task_may_ask_for_more_time(jobs: int) -> None:
    tasks = (("long", 4), ("hang", None), ("give", 1))
    assert results(*tasks, jobs=jobs, seconds=0.5) == [4, Failure("timed-out", "0.5"), 1]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")
def test_a_task_that_takes_too_much_memory_is_ended() -> None:
    tasks = [("fill", 3_000_000_000), ("give", 1)]
    found = dict(work(job, tasks, 1, 30, memory=1_000_000_000))
    assert found == {0: Failure("out-of-memory", "1000000000"), 1: 1}


def test_an_exception_comes_out_with_its_traceback() -> None:
    with pytest.raises(RuntimeError, match=r"(?s)in job.*ValueError: what went wrong"):
        results(("give", 1), ("raise", "what went wrong"))


def test_leaving_early_leaves_no_process_behind() -> None:
    running = work(job, [("process", None), ("process", None), ("hang", None), ("hang", None)], 2, 60)
    pids = {next(running)[1], next(running)[1]}
    started = time.monotonic()
    running.close()
    assert time.monotonic() - started < 5
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@pytest.mark.parametrize(
    ("jobs", "files", "count"), [(1, 100, 1), (8, 100, 8), (8, 3, 3), (0, 1, 1), (0, 3, 1), (5, 0, 1)]
)
def test_no_more_processes_than_pay(jobs: int, files: int, count: int) -> None:
    assert worker_count(jobs, files) == count
