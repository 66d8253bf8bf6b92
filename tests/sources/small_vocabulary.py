"""A vocabulary small enough to read, and what every reader owes its rows."""

from __future__ import annotations

import gzip
from pathlib import Path

from onkos.model import Event, Gene, KnownChange, Vocabulary
from onkos.model.criterion import Criterion, EventIs, Mutation
from onkos.sources.patient.observed import Observed


def gene(symbol: str, *when: Criterion, standing: str = "oncogenic", **more: object) -> Gene:
    """A gene of which these changes are known."""
    changes = (KnownChange(standing=standing, when=when),) if when else ()
    return Gene(symbol=symbol, changes=changes, **more)  # type: ignore[arg-type]


SMALL = Vocabulary(
    limits={
        "promoter_reach": 1000,
        "copies_noise": 0.5,
        "copies_least_bins": 3,
        "copies_most": 10000,
        "fraction_most": 1.05,
    },
    genes=(
        gene("BRAF", Mutation(genes=("BRAF",), change="V600E/K")),
        gene("KRAS", Mutation(genes=("KRAS",), codons=((12, 13), (61, 61)))),
        gene("TERT", Mutation(genes=("TERT",), promoter=True)),
        gene(
            "MET",
            EventIs(gene="MET", event=Event.SKIPPING, first_exon=14, last_exon=14),
        ),
        gene("KMT2D", aliases=("ALR",), former=("MLL2",), chromosome="12"),
        gene("EGFR"),
        gene("TP53"),
        gene("ALK"),
        gene("EML4"),
        gene("CDKN2A"),
        gene("ERBB2"),
        gene("FLT3"),
        gene("AR", chromosome="X"),
    ),
)


def write(folder: Path, text: str, name: str = "file.txt", zipped: bool = False) -> Path:
    """A file with this text."""
    path = folder / name
    data = text.encode()
    path.write_bytes(gzip.compress(data) if zipped else data)
    return path


def lines(*rows: str) -> str:
    """Rows written with blanks between their cells, as tab-separated text."""
    return "".join("\t".join(row.split()) + "\n" for row in rows)


def counted(by_sample: dict[str, Observed]) -> int:
    """Rows of all samples, each accounted for once."""
    for observed in by_sample.values():
        told = len(observed.alterations) + sum(observed.filtered.values()) + len(observed.unread)
        told += len(observed.segments) + len(observed.measurements)
        told += sum(len(profile.values) for profile in observed.profiles)
        assert observed.rows == told
    return sum(observed.rows for observed in by_sample.values())
