"""The gap of minimum panels coded a second time, from section 9.2 of the specification alone.

``gap = required(tumour, stage) - evaluable(results)``: a gene counts only where the assay covers
the class that is needed. DNA alone does not clear a fusion; plasma with under 1 % of tumour DNA,
or an untold share, clears nothing; the tumour alone does not clear the germline. Knows nothing of
the criteria language: a result is a set of (class, gene) pairs that a test covered without finding.
"""

from __future__ import annotations

from dataclasses import dataclass

LEAST_PLASMA = 0.01


@dataclass(frozen=True)
class Done:
    """One test: what it covered, in which material."""

    covered: frozenset[tuple[str, str]]
    material: str = "tissue"
    tumour_dna: float | None = None
    germline: bool = False


def small(*genes):
    return frozenset(("small", gene) for gene in genes)


def fused(*genes):
    return frozenset(("fusion", gene) for gene in genes)


def inherited(*genes):
    return frozenset(("germline", gene) for gene in genes)


NTRK = fused("NTRK1", "NTRK2", "NTRK3")
REQUIRED = {  # tumour: marker of the specification, and all that must be covered for it
    "LUAD": {
        "EGFR exons 18 to 21": small("EGFR"), "ALK fusion": fused("ALK"),
        "ROS1 fusion": fused("ROS1"), "BRAF V600E": small("BRAF"), "KRAS G12C": small("KRAS"),
        "RET fusion": fused("RET"), "NTRK1, NTRK2 and NTRK3 fusions": NTRK,
        "ERBB2 mutation": small("ERBB2"), "NRG1 fusion": fused("NRG1"),
    },
    "COAD": {
        "KRAS exons 2 to 4": small("KRAS"), "NRAS exons 2 to 4": small("NRAS"),
        "BRAF V600E": small("BRAF"), "KRAS G12C": small("KRAS"),
    },
    "HGSOC": {
        "Germline BRCA1 and BRCA2": inherited("BRCA1", "BRCA2"),
        "Tumour BRCA1 and BRCA2": small("BRCA1", "BRCA2"),
    },
    "PAAD": {
        "Germline BRCA1, BRCA2 and PALB2": inherited("BRCA1", "BRCA2", "PALB2"),
        "Germline ATM": inherited("ATM"), "KRAS": small("KRAS"),
    },
}  # fmt: skip


def evaluable(tests):
    """Pairs that the tests cleared."""
    cleared = set()
    for test in tests:
        if test.material == "plasma" and (test.tumour_dna or 0) < LEAST_PLASMA:
            continue
        if test.germline:  # of normal blood: it says nothing of the tumour
            cleared |= {("germline", gene) for kind, gene in test.covered if kind == "small"}
        else:
            cleared |= test.covered
    return cleared


def gap(tumour, tests):
    """Markers asked for of which something was not cleared."""
    cleared = evaluable(tests)
    return {name for name, needs in REQUIRED[tumour].items() if not needs <= cleared}
