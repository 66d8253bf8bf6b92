"""All timings, one after the other: ``python -m benchmarks``."""

from benchmarks import batch, exome, startup, tcga

for part in (startup, exome, batch, tcga):
    part.main()
    print()
