"""``python -m benchmarks.clinvar [--rows 3000000]``: made-up rows in the form of ClinVar's VCF.

Prints how long `knowledge add` takes and with how much memory, how large the index is, and what
looking up some hundreds of alleles costs in a new process. Nothing outside a temporary folder is
read or written.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

HEAD = (
    "##fileformat=VCFv4.1\n##fileDate=2026-05-01\n##source=ClinVar\n##reference=GRCh38\n"
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
)
CHROMOSOMES = [*map(str, range(1, 23)), "X", "Y", "MT"]
GERMLINE = (
    *("Uncertain_significance", "Likely_benign", "Benign", "Benign/Likely_benign"),
    *("Pathogenic", "Likely_pathogenic", "Pathogenic/Likely_pathogenic"),
)
REVIEW = (
    *("criteria_provided,_single_submitter", "no_assertion_criteria_provided"),
    *("criteria_provided,_multiple_submitters,_no_conflicts", "reviewed_by_expert_panel"),
)
LOOKED_UP = 500


def rows(count: int, chance: random.Random) -> Iterator[str]:
    """Rows in the order of a genome; one in ten is an insertion or deletion, one in a thousand
    of tumours."""
    each = count // len(CHROMOSOMES) + 1
    number = 0
    for chromosome in CHROMOSOMES:
        at = 10_000
        for _ in range(each):
            if number == count:
                return
            at += chance.randrange(1, 60)
            number += 1
            yield row(chromosome, at, number, chance)


def row(chromosome: str, at: int, number: int, chance: random.Random) -> str:
    """One row, about as long as ClinVar's."""
    reference, alternate = chance.sample("ACGT", 2)
    name = f"NC_0000{chromosome}.11:g.{at}{reference}>{alternate}"
    if number % 10 == 0:
        reference = alternate + "".join(chance.choices("ACGT", k=chance.randrange(1, 8)))
        last = at + len(reference) - 1
        name = f"NC_0000{chromosome}.11:g.{at + 3}_{last + 2}del"
    diseases = "|".join(f"Condition_{chance.randrange(30_000)}" for _ in range(1 + number % 4))
    databases = ",".join(f"MONDO:MONDO:{n:07},MedGen:C{n:07},OMIM:{n}" for n in range(3))
    conflict = f"Likely_benign({number % 9})|Uncertain_significance({number % 7})"
    parts = [
        f"ALLELEID={number + 15041}",
        f"CLNDISDB={databases}|{databases}",
        f"CLNDN={diseases}",
        f"CLNHGVS={name}",
        f"CLNREVSTAT={chance.choice(REVIEW)}",
        f"CLNSIG={chance.choice(GERMLINE)}",
        *([f"CLNSIGCONF={conflict}"] if number % 25 == 0 else []),
        "CLNVC=single_nucleotide_variant;CLNVCSO=SO:0001483",
        f"GENEINFO=GENE{number % 20000}:{number % 20000}",
        "MC=SO:0001583|missense_variant",
        *(["ONC=Oncogenic;ONCDN=Neoplasm;ONCREVSTAT=criteria_provided,_single_submitter"]
          if number % 1000 == 0 else []),
        f"ORIGIN=1;RS={number}",
    ]  # fmt: skip
    return f"{chromosome}\t{at}\t{number}\t{reference}\t{alternate}\t.\t.\t{';'.join(parts)}\n"


def write(path: Path, count: int) -> int:
    """The file; its bytes unpacked."""
    size = 0
    with gzip.open(path, "wt", compresslevel=1) as file:
        file.write(HEAD)
        for line in rows(count, random.Random(7)):
            size += len(line)
            file.write(line)
    return size


ASK = """
import resource, sys, time
from pathlib import Path
began = time.perf_counter()
from onkos.model import Allele
from onkos.sources.knowledge import builtin, with_snapshots
known = builtin()
loaded = time.perf_counter()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
(archive,) = with_snapshots(known).archives
named = time.perf_counter()
wanted = [Allele.of("GRCh38", *w) for w in eval(Path(sys.argv[1]).read_text())]
asked = time.perf_counter()
found = archive.find(wanted)
done = time.perf_counter()
again = archive.find(wanted)
last = time.perf_counter()
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(f"  built-in knowledge {1000*(loaded-began):.0f} ms, snapshot named "
      f"{1000*(named-loaded):.1f} ms")
print(f"  {len(wanted)} alleles: {len(found)} found in {1000*(done-asked):.1f} ms, again "
      f"{1000*(last-done):.1f} ms; memory {(after-before)/1024:+.1f} MB")
"""


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=3_000_000)
    count = options.parse_args().rows
    with tempfile.TemporaryDirectory(prefix="onkos-clinvar-") as name:
        folder = Path(name)
        os.environ["ONKOS_KNOWLEDGE"] = str(folder / "knowledge")
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        path = folder / "clinvar_20260501.vcf.gz"
        size = write(path, count)
        print(f"{count:,} rows, {size / 1e6:,.0f} MB, {path.stat().st_size / 1e6:,.0f} MB packed")
        began = time.perf_counter()
        command = "from onkos.cli import main; main()"
        added = [sys.executable, "-c", command, "knowledge", "add", "clinvar", str(path)]
        subprocess.run(added, check=True)
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        took = time.perf_counter() - began
        print(
            f"added in {took:.1f} s with at most {most:,.0f} MB ({count / took:,.0f} rows a second)"
        )
        (index,) = (folder / "knowledge" / "indexes").glob("*.sqlite")
        print(f"index {index.stat().st_size / 1e6:,.0f} MB")
        chance = random.Random(11)
        wanted = [line.split("\t")[:5] for line in rows(count, random.Random(7))]
        some = [(c, int(p), r, a) for c, p, _, r, a in chance.sample(wanted, min(LOOKED_UP, count))]
        some += [(c, p + 1, "A", "C") for c, p, *_ in some[: LOOKED_UP // 5]]
        (folder / "wanted").write_text(repr(some))
        for when in ("first", "second"):
            print(f"{when} process")
            subprocess.run([sys.executable, "-c", ASK, str(folder / "wanted")], check=True)


if __name__ == "__main__":
    main()
