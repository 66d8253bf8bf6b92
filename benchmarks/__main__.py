"""All timings, one after the other: ``python -m benchmarks``."""

from benchmarks import batch, exome, startup

for part in (startup, exome, batch):
    part.main()
    print()
