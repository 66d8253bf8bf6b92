"""All timings, one after the other: ``python -m benchmarks``."""

from benchmarks import assemblies, batch, clonality, exome, hrd, msi, startup, tcga, vcf

for part in (startup, exome, vcf, batch, tcga, hrd, clonality, msi, assemblies):
    part.main()
    print()
