"""Wall time of whole processes: ``python -m benchmarks.startup``.

Each command runs seven times as a process of its own; best and median are printed, and the
ratio of the medians to the bare interpreter (``python -c pass``), so that machines compare.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

RUNS = 7
ONKOS = (sys.executable, "-c", "from onkos.cli import main; main()")
BARE = "python -c pass"
COMMANDS = {
    BARE: (sys.executable, "-c", "pass"),
    "onkos --help": (*ONKOS, "--help"),
    'onkos match "EGFR L858R" --disease NSCLC': (
        *ONKOS,
        "match",
        "EGFR L858R",
        "--disease",
        "NSCLC",
    ),
}


def seconds(command: tuple[str, ...]) -> list[float]:
    """Wall time of each run, after one that is not counted."""
    taken = []
    for _ in range(RUNS + 1):
        began = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        taken.append(time.perf_counter() - began)
    return taken[1:]


def main() -> None:
    """Print one line for each command."""
    bare = 0.0
    print(f"{'command':<44}{'best':>9}{'median':>9}{'ratio':>8}")
    for name, command in COMMANDS.items():
        taken = seconds(command)
        median = statistics.median(taken)
        bare = median if name == BARE else bare
        print(f"{name:<44}{min(taken):>7.3f} s{median:>7.3f} s{median / bare:>8.1f}")


if __name__ == "__main__":
    main()
