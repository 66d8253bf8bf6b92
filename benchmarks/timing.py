"""Wall time and peak memory of whole processes."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
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
    """Run a command several times; its output is thrown away."""
    seconds, peak = [], 0.0
    for _ in range(runs):
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds.append(time.perf_counter() - start)
        peak = max(peak, usage.ru_maxrss / 1024)
        if os.waitstatus_to_exitcode(status):
            raise SystemExit(f"{command} failed")
    return Timing(tuple(seconds), peak)


def row(name: str, timing: Timing, limit: float, peer: str, peer_seconds: float) -> None:
    """One line: name, best and median, limit, and the ratio to a peer."""
    verdict = "within" if timing.median <= limit else "OVER"
    print(
        f"{name:42} best {timing.best:7.3f} s  median {timing.median:7.3f} s  "
        f"{timing.megabytes:5.0f} MB  limit {limit:g} s: {verdict}  "
        f"{timing.best / peer_seconds:6.1f} x {peer}"
    )
