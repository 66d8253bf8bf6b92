"""Chunks planned on several cores, answers in the order of the input, memory bounded."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing import active_children, get_context
from threading import Event

from onkos.cli.lines import Line
from onkos.cli.worker import Done, Tasks, plan_chunk, start
from onkos.errors import OnkosError

Chunk = tuple[Line, ...]
STARTED = Event()  # whether this process ever had workers, whose threads may outlive an interrupt
IN_FLIGHT = 3  # chunks for each core: one planned, one waiting, one done and not yet written


def planned(chunks: Iterable[Chunk], jobs: int, orders: Tasks) -> Iterator[Done]:
    """The answers to all chunks, in order.

    A single chunk, or a single job, is planned in this process.

    Raises
    ------
    OnkosError
        Where a worker process died.
    """
    stream = iter(chunks)
    first = tuple(islice(stream, 2))
    if jobs == 1 or len(first) < 2:
        worker = orders.worker()
        yield from map(worker.plan, chain(first, stream))
        return
    try:
        yield from _across(chain(first, stream), jobs, orders)
    except BrokenProcessPool as error:
        raise OnkosError(
            "a worker process died, perhaps for lack of memory; try fewer with --jobs"
        ) from error


def _across(chunks: Iterator[Chunk], jobs: int, orders: Tasks) -> Iterator[Done]:
    STARTED.set()
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), start, (orders,))
    waiting: deque[Future[Done]] = deque()
    try:
        for chunk in chunks:
            with _interrupts_held():
                waiting.append(pool.submit(plan_chunk, chunk))
            if len(waiting) >= IN_FLIGHT * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BaseException:
        for worker in active_children():
            worker.kill()  # else the exit waits for chunks that nobody will read
        raise
    pool.shutdown(wait=False)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back while a process may be made, which inherits that.

    It reaches all processes of a terminal; the first one alone decides what it means.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
