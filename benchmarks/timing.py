"""Wall time and peak memory of whole processes."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

ONKOS = Path(sys.executable).with_name("onkos")
SHARED = Path(
    os.environ.get(
        "ONKOS_TEST_DATA", Path(__file__).resolve().parent.parent.parent / "shared" / "data"
    )
)


@dataclass(frozen=True)
class Timing:
    """Seconds of several runs, and the largest resident memory in MB of any."""

    seconds: tuple[float, ...]
    megabytes: float

    @property
    def best(self) -> float:
        """The fastest run: the one least disturbed by the machine."""
        return min(self.seconds)

    @property
    def median(self) -> float:
        """The middle run."""
        return statistics.median(self.seconds)


def measure(command: list[str], runs: int = 7) -> Timing:
    """Run a command several times; its output is thrown away.

    Memory is that of the process and its children together, sampled while they run.
    """
    seconds, peak = [], 0.0
    for _ in range(runs):
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        sampler = Sampler(process.pid)
        status = process.wait()
        seconds.append(time.perf_counter() - start)
        peak = max(peak, sampler.stop())
        if status:
            raise SystemExit(f"{command} failed")
    return Timing(tuple(seconds), peak)


class Sampler(threading.Thread):
    """Largest resident memory of a process tree in MB, looked up ten times a second."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak, self.done = pid, 0.0, threading.Event()
        self.start()

    def run(self) -> None:
        """Look until told to stop."""
        while not self.done.wait(0.1):
            self.peak = max(self.peak, _resident(self.pid))

    def stop(self) -> float:
        """The peak."""
        self.done.set()
        self.join()
        return self.peak


def _resident(pid: int) -> float:
    """Resident megabytes of a process and all below it."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0.0
    own = pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    return own + sum(_resident(int(child)) for child in children)


def row(name: str, timing: Timing, limit: float, peer: str, peer_seconds: float) -> None:
    """One line: name, best and median, limit, and the ratio to a peer."""
    verdict = "within" if timing.median <= limit else "OVER"
    print(
        f"{name:42} best {timing.best:7.3f} s  median {timing.median:7.3f} s  "
        f"{timing.megabytes:5.0f} MB  limit {limit:g} s: {verdict}  "
        f"{timing.best / peer_seconds:6.1f} x {peer}"
    )
