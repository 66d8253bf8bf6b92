"""Start-up: whole processes, as a user's shell starts them, beside an empty Python."""

from __future__ import annotations

import sys

from benchmarks.timing import ONKOS, measure, row

COMMANDS = {
    "onkos --help": (["--help"], 0.2),
    'onkos match "EGFR L858R" -d NSCLC': (["match", "EGFR L858R", "--disease", "NSCLC"], 0.5),
}


def main() -> None:
    """Print the timings."""
    empty = measure([sys.executable, "-c", "pass"])
    for name, (arguments, limit) in COMMANDS.items():
        measure([str(ONKOS), *arguments], runs=1)  # the first may compile the knowledge
        timing = measure([str(ONKOS), *arguments])
        row(name, timing, limit, "an empty Python", empty.best)


if __name__ == "__main__":
    main()
