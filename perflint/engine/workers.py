"""Do a piece of work for each of many files in processes of their own, so that no file can stop or slow the
others.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any

from perflint.garbage import few_collections
from perflint.limits import time_granter
from perflint.sharing import processors

FILES_A_WORKER = 3
"""A further process pays from about so many files on: starting it costs as much as reading one or two."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Work that came to no result: `reason` is `timed-out`, `out-of-memory` or `worker-died`, `detail` the
    seconds, the bytes or the exit status.
    """

    reason: str
    detail: str


@dataclass(slots=True)
class _Worker:
    """A process at work: its end of the pipe, and what it is doing since when."""

    process: Any
    pipe: Connection
    task: int = -1
    since: float = 0.0
    more: float = 0.0
    """Seconds that the task has asked for beyond those of every task."""


def worker_count(jobs: int, files: int) -> int:
    """Return how many processes to use: `jobs`, or for 0 what the machine has and the number of files is
    worth.
    """
    wanted = jobs or min(available(), -(-files // FILES_A_WORKER))
    return max(1, min(wanted, files))


def available() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def work(
    function: Callable[[Any], Any],
    tasks: Sequence[Any],
    jobs: int,
    seconds: float,
    meanwhile: Callable[[], object] = lambda: None,
    memory: int = 0,
) -> Iterator[tuple[int, Any | Failure]]:
    """Give (index of the task, what `function` returned for it or a Failure) as the results come in.

    `meanwhile` is called once, in this process, when all workers have begun. `memory` are the bytes that a
    process may take, 0 for as many as there are.

    A task that takes longer than `seconds` and those it asked for (`limits.ask_for_time`), that takes more
    memory, or whose process dies, ends in a Failure, and a new process goes on with the rest. An exception
    that `function` raises is a bug of ours and comes out as RuntimeError with its traceback. When the caller
    stops asking (or is interrupted) every process is killed at once.
    """
    workers: list[_Worker] = []
    waiting = list(range(len(tasks)))[::-1]
    count = worker_count(jobs, len(tasks))
    start = partial(_started, function, memory, (jobs or available()) // count)
    try:
        workers.extend(start() for _ in range(count))
        _hand_out(workers, waiting, tasks)
        meanwhile()
        while any(worker.task >= 0 for worker in workers):
            yield from _results(workers, start, seconds)
            _hand_out(workers, waiting, tasks)
    finally:
        for worker in workers:
            worker.process.kill()
        for worker in workers:
            worker.process.join()
            worker.pipe.close()


def _hand_out(workers: Sequence[_Worker], waiting: list[int], tasks: Sequence[Any]) -> None:
    """Give every idle worker a task, as long as there are any."""
    for worker in workers:
        if worker.task < 0 and waiting:
            worker.task, worker.since, worker.more = waiting.pop(), time.monotonic(), 0.0
            with suppress(OSError):  # A process that died while idle shows at the next wait.
                worker.pipe.send(tasks[worker.task])


def _results(
    workers: list[_Worker], start: Callable[[], _Worker], seconds: float
) -> Iterator[tuple[int, Any | Failure]]:
    """Wait for the next results, deaths or time-outs; give them, with a new process in the place of a lost
    one.
    """
    busy = [worker for worker in workers if worker.task >= 0]
    ends = [worker.since + seconds + worker.more for worker in busy]
    patience = max(0.0, min(ends) - time.monotonic())
    ready = wait([worker.pipe for worker in busy], patience)
    for position, worker in enumerate(workers):
        if worker.task < 0:
            continue
        if worker.pipe in ready:
            kind, outcome = _received(worker)
            if kind == "more":
                worker.more += outcome
                continue
        elif time.monotonic() - worker.since >= seconds + worker.more:
            outcome = Failure("timed-out", f"{seconds + worker.more:g}")
        else:
            continue
        task, worker.task = worker.task, -1
        if isinstance(outcome, Failure):
            worker.process.kill()
            worker.process.join()
            worker.pipe.close()
            workers[position] = start()
        yield task, outcome


def _received(worker: _Worker) -> tuple[str, Any]:
    """Return what a worker sent, `done` with a result or `more` with seconds; a Failure where it died."""
    try:
        kind, value = worker.pipe.recv()
    except (EOFError, OSError):
        worker.process.join(5)
        return "done", Failure("worker-died", _exit_status(worker.process.exitcode))
    if kind == "failed":
        raise RuntimeError(value)
    return kind, value


def _exit_status(code: int | None) -> str:
    """Return an exit code as people know it: the name of the signal where one ended the process."""
    if code is not None and code < 0:
        with suppress(ValueError):
            return signal.Signals(-code).name
    return str(code)


def _started(function: Callable[[Any], Any], memory: int, share: int) -> _Worker:
    """Start a process that waits for tasks, each of which may keep `share` processors busy."""
    # Forking costs a few milliseconds and inherits what is loaded; where a system has no safe fork, spawn
    # does the same slower.
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    ours, theirs = context.Pipe()
    # The stubs know the contexts' common base alone, which has no Process.
    process = context.Process(target=_serve, args=(function, memory, share, theirs, ours), daemon=True)  # type: ignore[attr-defined]
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _serve(
    function: Callable[[Any], Any], memory: int, share: int, pipe: Connection, other_end: Connection
) -> None:
    """Work in the new process until the pipe closes."""
    # Closed so that the pipe ends when the parent does, whatever happens to it; Ctrl-C is the parent's to
    # handle.
    other_end.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What libraries in C have to say of a damaged file (libtiff, libpng, onnxruntime) is not perflint's word; how
    # the process ends is told by the parent.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    # What was loaded before the fork stays: looking through it again and again takes 5 % of a worker's time,
    # and copies the pages of memory that it shares with its parent.
    gc.freeze()
    if memory:
        _bound_memory(memory)
    processors.set(share)
    time_granter.set(lambda seconds: pipe.send(("more", seconds)))
    with suppress(EOFError, OSError), few_collections():
        while True:
            task = pipe.recv()
            try:
                result = function(task)
            except MemoryError:
                pipe.send(("done", Failure("out-of-memory", str(memory))))
            except Exception:
                import traceback

                pipe.send(("failed", traceback.format_exc()))
            else:
                pipe.send(("done", result))


def _bound_memory(size: int) -> None:
    """Let this process have so many bytes of memory of its own; pdfium, refused more, ends it."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        # Not the address space: onnxruntime reserves more of it than it uses.
        resource.setrlimit(resource.RLIMIT_DATA, (size, resource.getrlimit(resource.RLIMIT_DATA)[1]))
