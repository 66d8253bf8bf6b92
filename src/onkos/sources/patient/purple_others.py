"""What the smaller tools of a run tell: HLA, CHORD, pharmacogenes, viruses, origin of tissue."""

from __future__ import annotations

from onkos.model import Measurement, Vocabulary
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.purple_fit import Fields, Figures
from onkos.sources.patient.text import observe

_LILAC = "LILAC"
_PASSED = "PASS"
_CHORD = {
    "HR_DEFICIENT": "HR-deficient",
    "HR_PROFICIENT": "HR-proficient",
}


def read_alleles(alleles: list[Fields], source: str, observed: Observed) -> None:
    """HLA alleles of LILAC, each once, with its copies in the tumour in the method."""
    copies: dict[str, list[str]] = {}
    for fields in alleles:
        figures = Figures(fields, source, observed)
        allele = figures.text("allele", "Allele")
        if "*" not in allele:
            figures.unread("allele", allele, "not an HLA allele")
            continue
        left = figures.number("tumorCopyNumber", "TumorCopyNumber")
        copies.setdefault(allele, []).append("unknown" if left is None else f"{left:.2f}")
    for allele, left_ in copies.items():
        observed.measurements.append(
            Measurement(
                name="HLA",
                status=f"HLA-{allele}",
                method=f"{_LILAC}; copies in the tumour: {', '.join(left_)}",
            )
        )


def read_quality_of_alleles(fields: Fields, source: str, observed: Observed) -> None:
    """LILAC's own word on its typing."""
    status = Figures(fields, source, observed).text("Status", "status", "qc")
    if status and status != _PASSED:
        observed.notices.append(f"{_LILAC}: {status}; check the HLA type")


def read_chord(fields: Fields, source: str, observed: Observed) -> None:
    """CHORD's probability of homologous recombination deficiency; not the score of scars."""
    figures = Figures(fields, source, observed)
    value = figures.number("p_hrd", "hrdValue")
    word = figures.text("hr_status", "hrStatus").upper()
    if value is not None and not 0 <= value <= 1:
        figures.unread("p_hrd", f"{value:g}", "a probability outside 0 to 1")
        return
    if value is not None:
        observed.measurements.append(Measurement(name="CHORD", value=value, method="CHORD"))
    if word in _CHORD:
        observed.measurements.append(Measurement(name="CHORD", status=_CHORD[word], method="CHORD"))
    elif word:
        figures.unread("hr_status", word, "CHORD could not tell")


def read_haplotypes(
    rows: list[Fields], source: str, observed: Observed, vocabulary: Vocabulary
) -> None:
    """Genotypes of PEACH, both strands of a gene together."""
    strands: dict[str, list[str]] = {}
    for fields in rows:
        figures = Figures(fields, source, observed)
        gene, allele = figures.text("gene"), figures.text("allele", "haplotype")
        count = figures.number("alleleCount", "count")
        strands.setdefault(gene, []).extend([allele] * int(count or 0))
    for gene, alleles in strands.items():
        if len(alleles) != 2:
            text = f"{gene} {' '.join(alleles)}"
            Figures({}, source, observed).unread("haplotype", text, "not two haplotypes")
            continue
        told = observe([f"{gene} {alleles[0]}/{alleles[1]}"], vocabulary, source)
        told.rows = 0
        observed.add(told)


def read_viruses(
    rows: list[Fields], source: str, observed: Observed, vocabulary: Vocabulary
) -> None:
    """Viruses that the run reports; one not found says nothing."""
    for fields in rows:
        figures = Figures(fields, source, observed)
        if figures.truth("reported") is False:
            observed.filtered["virus that the run does not report"] += 1
            continue
        name = figures.text("interpretation") or figures.text("name")
        told = observe([f"{name} positive"], vocabulary, source)
        told.rows = 0
        observed.add(told)


def read_origin_of_tissue(fields: Fields, source: str, observed: Observed) -> None:
    """CUPPA's best prediction, as a notice: it makes no diagnosis."""
    figures = Figures(fields, source, observed)
    kind, likelihood = figures.text("cancerType"), figures.number("likelihood")
    if kind and likelihood is not None:
        observed.notices.append(f"CUPPA predicts {kind} (likelihood {likelihood:.2f})")
