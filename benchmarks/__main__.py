"""All timings, one after the other: ``python -m benchmarks``."""

from benchmarks import batch, exome, startup, tcga, vcf

for part in (startup, exome, vcf, batch, tcga):
    part.main()
    print()
