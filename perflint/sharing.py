"""The pieces of one long piece of work, done in several processes and given in order."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

processors: ContextVar[int] = ContextVar("processors", default=1)
"""How many processes one file may have: the engine sets it in those that it starts."""

SHARE = 2
"""Pieces that a process takes at a time, so that all are done at nearly the same time; a page takes some 6 ms."""
WORTH = 16
"""Fewer pieces for each process are not shared out: to fork takes as long as two pages."""
MOST_HELPERS = 5
"""They find pages as fast as one process can join them: that takes it a fifth of the time."""
MOST_SHARES = 4096
"""What is left to do waits in a pipe, which holds 64 KB."""
PIPE_BYTES = 1 << 20
"""As much as Linux lets a pipe hold: fifty pages, so that a helper seldom waits."""

_NUMBER_BYTES = 4
_DIES_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of <linux/prctl.h>."""

Piece = TypeVar("Piece")


def in_order(function: Callable[[int], Piece], count: int) -> Generator[Piece]:
    """Give function(0), function(1), … up to `count`, worked out by as many processes as `processors` allows.

    Copies of this process help where the system can fork; what they find is pickled. What a helper cannot do, be it
    that `function` raises an exception or ends the process, this process does itself when its turn comes, and meets
    the same end. `function` must not ask for time (`limits.ask_for_time`).
    """
    helpers = min(processors.get() - 1, count // WORTH - 1, MOST_HELPERS)
    if helpers < 1 or not _may_fork():
        yield from map(function, range(count))
        return
    size = max(SHARE, -(-count // MOST_SHARES))
    shares = [range(start, min(start + size, count)) for start in range(0, count, size)]
    with _left_to_do(len(shares)) as left, _helping(function, shares, left, helpers) as pipes:
        done: dict[int, list[Piece] | None] = {}
        for number, share in enumerate(shares):
            while number not in done:
                own = _next(left)
                if own is not None:
                    done[own] = _done(function, shares[own])
                elif not pipes:
                    break
                done.update(_received(pipes, patient=own is None))
            pieces = done.pop(number, None)
            yield from map(function, share) if pieces is None else pieces


def _may_fork() -> bool:
    """Say whether this process can be copied: a lock that another thread holds would never be given back."""
    with suppress(OSError):
        return sys.platform == "linux" and len([*Path("/proc/self/task").iterdir()]) == 1
    return False


@contextmanager
def _left_to_do(shares: int) -> Iterator[int]:
    """Give a pipe from which all processes take the numbers of the shares, each one once."""
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb"):
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(b"".join(number.to_bytes(_NUMBER_BYTES) for number in range(shares)))
        yield reading


def _next(left: int) -> int | None:
    """Take the number of a share, None where there is none left."""
    number = os.read(left, _NUMBER_BYTES)
    return int.from_bytes(number) if number else None


def _done(function: Callable[[int], Piece], share: range) -> list[Piece] | None:
    """Return a share's pieces, None where one of them cannot be done."""
    try:
        return [function(index) for index in share]
    except Exception:
        return None


@contextmanager
def _helping(
    function: Callable[[int], Any], shares: list[range], left: int, helpers: int
) -> Iterator[list[Connection]]:
    """Let copies of this process do shares; give the pipes on which they send (number, pieces)."""
    # Imported here and below: a run that finds everything in the cache has nothing to share out.
    from multiprocessing import Pipe

    processes: list[int] = []
    pipes: list[Connection] = []
    try:
        for _ in range(helpers):
            ours, theirs = Pipe(duplex=False)
            parent = os.getpid()
            process = os.fork()
            if not process:
                _help(function, shares, left, theirs, parent)
            theirs.close()
            processes.append(process)
            pipes.append(ours)
        yield pipes
    finally:
        for process in processes:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
        for pipe in pipes:
            pipe.close()


def _help(
    function: Callable[[int], Any], shares: list[range], left: int, pipe: Connection, parent: int
) -> NoReturn:
    """Do shares in the new process until there are none left."""
    with suppress(BaseException):
        import ctypes
        import fcntl
        import pickle

        ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
        with suppress(OSError):
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        # A parent that died before it could be asked to take this process with it has left it to another.
        while os.getppid() == parent and (number := _next(left)) is not None:
            pipe.send_bytes(pickle.dumps((number, _done(function, shares[number])), pickle.HIGHEST_PROTOCOL))
    os._exit(0)


def _received(pipes: list[Connection], patient: bool) -> Iterator[tuple[int, Any]]:
    """Give what helpers have sent, after waiting for some of it if `patient`; drop the pipes of those that ended."""
    import pickle
    from multiprocessing.connection import wait

    ready = wait(pipes, None if patient else 0)
    for pipe in [pipe for pipe in pipes if pipe in ready]:
        try:
            yield pickle.loads(pipe.recv_bytes())
        except (EOFError, OSError):
            pipe.close()
            pipes.remove(pipe)
