"""One long piece of work shared out among processes: whatever they meet, the result is that of one process."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any, TypeVar

import pytest

from perflint.document import Document, UnreadableFile
from perflint.engine.workers import Failure, work
from perflint.limits import Limits
from perflint.readers import pdf
from perflint.sharing import in_order, processors
from tests.pdf_sketch import ruled, text, written

Result = TypeVar("Result")
forks = pytest.mark.skipif(sys.platform != "linux", reason="only on Linux a process is copied")


@contextmanager
def allowed(count: int) -> Iterator[None]:
    """Let the work inside have as many processors."""
    token = processors.set(count)
    try:
        yield
    finally:
        processors.reset(token)


def alone(function: Callable[[], Result]) -> Result:
    """Call a function in a process that has no other thread, as it is in a run; pytest-xdist's processes have some."""
    if sys.platform != "linux":
        return function()
    ((_, result),) = work(lambda _: function(), [None], jobs=1, seconds=60)
    return result


def shared(function: Callable[[int], Any], count: int, processes: int) -> list[Any]:
    """Return what the function gives for each number, and see to it that no process is left over."""

    def found() -> list[Any]:
        with allowed(processes):
            pieces = list(in_order(function, count))
        assert not has_children()
        return pieces

    return alone(found)


def has_children() -> bool:
    """Say whether this process has begun others that it has not waited for."""
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


@pytest.mark.parametrize("processes", [1, 2, 5])
@pytest.mark.parametrize("count", [0, 1, 31, 32, 33, 10_001])
def test_pieces_come_in_order(processes: int, count: int) -> None:
    pieces = shared(lambda number: (number, str(number)), count, processes)
    assert pieces == [(number, str(number)) for number in range(count)]


@forks
def test_several_processes_do_the_work() -> None:
    assert len(set(shared(lambda number: (os.getpid(), bytes(10_000)), 500, 2))) == 2


@forks
@pytest.mark.parametrize("end", [lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: os._exit(3)])
def test_what_a_helper_that_died_was_doing_is_done_all_the_same(end: Callable[[], object]) -> None:
    # The worker's parent is this process; the parent of its helpers is not.
    this = os.getpid()

    def piece(number: int) -> int:
        if os.getppid() != this and number > 40:
            end()
        return number

    assert shared(piece, 100, 3) == list(range(100))


def refused(number: int) -> int:
    """Refuse two of the numbers."""
    if number in (61, 93):
        raise UnreadableFile("over-limit", limit=f"piece {number}")
    return number


@pytest.mark.parametrize("processes", [1, 2, 4])
def test_the_first_exception_comes_in_its_turn(processes: int) -> None:
    def found() -> tuple[list[int], str]:
        pieces: list[int] = []
        try:
            with allowed(processes):
                pieces.extend(in_order(refused, 100))
        except UnreadableFile as refusal:
            return pieces, refusal.limit
        return pieces, ""

    assert alone(found) == (list(range(61)), "piece 61")


@forks
def test_helpers_end_where_nobody_asks_for_more() -> None:
    def children() -> tuple[int, bool, bool]:
        with allowed(3), closing(in_order(lambda number: number, 1000)) as pieces:
            first, during = next(pieces), has_children()
        return first, during, has_children()

    assert alone(children) == (0, True, False)


@forks
def test_helpers_end_with_the_worker_that_took_too_long() -> None:
    ours, theirs = os.pipe()

    def hang(number: int) -> None:
        os.write(theirs, b".")
        signal.pause()

    def task(_: object) -> None:
        list(in_order(hang, 100))

    assert list(work(task, [None], jobs=3, seconds=1)) == [(0, Failure("timed-out", "1"))]
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        # The end comes when no process holds the other side any more.
        assert pipe.read() == b"..."


@forks
def test_a_worker_shares_out_as_many_processors_as_its_jobs_leave_it() -> None:
    def task(_: object) -> int:
        return processors.get()

    assert [share for _, share in work(task, [None], jobs=4, seconds=30)] == [4]
    assert [share for _, share in work(task, [None] * 3, jobs=7, seconds=30)] == [2, 2, 2]
    assert [share for _, share in work(task, [None] * 3, jobs=3, seconds=30)] == [1, 1, 1]


def long_file() -> bytes:
    """Return a PDF of 40 pages; its table runs over the first 39, and the sixth is damaged."""
    pages = [
        ruled([(0, 0, 1, 1, f"{page}"), (0, 1, 1, 1, "≥95(%)")], (60, 200, 400), (100, 720))
        for page in range(39)
    ]
    parts = written([*pages, [text(60, 60, "完")]]).split(b"/Type /Page ")
    return b"/Type /Page ".join(parts[:6]) + b"/Type /Pag? " + b"/Type /Page ".join(parts[6:])


def test_a_long_file_is_read_alike_by_several_processes() -> None:
    data = long_file()

    def document(processes: int) -> Document:
        with allowed(processes):
            return pdf.read(data, Limits())

    by_one = document(1)
    assert by_one.pages == 40
    assert [problem.values["page"] for problem in by_one.problems] == ["6"]
    assert alone(lambda: document(2)) == by_one
    assert alone(lambda: document(4)) == by_one


@pytest.mark.parametrize("processes", [1, 3])
def test_a_limit_that_a_later_page_passes_refuses_the_file(processes: int) -> None:
    pages = [[text(60, 60, "一")]] * 38 + [[text(60, 60, "一二三四")], [text(60, 60, "一二三")]]

    def refusal() -> Mapping[str, str]:
        with allowed(processes), pytest.raises(UnreadableFile) as caught:
            pdf.read(written(pages), Limits(page_characters=2))
        return caught.value.values

    assert alone(refusal) == {"limit": "page_characters", "found": "4", "allowed": "2"}
