"""Why ELN 2022, as onkos computes it, differs from the ELN 2017 column that was published."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.aml.patients import Patient
from onkos.model import Classified

MR_2017 = ("ASXL1", "RUNX1")
MR_GENE = "ASXL1, BCOR, EZH2, RUNX1, SF3B1, SRSF2, STAG2, U2AF1 or ZRSR2"
Test = Callable[[Patient, str], bool]


def reason(patient: Patient, found: Classified) -> str:
    """The rule that explains a disagreement; empty where none of the known ones does."""
    if found.why_not:
        return "acute promyelocytic leukaemia: ELN risk does not apply"
    if not found.settled:
        return f"a test is missing: {_missing(patient, found)}"
    decisive = next((c.name for c in found.clauses if c.decides), "none of the lesions")
    key = (patient.published, found.possible[0])
    for text, holds in REASONS.get(key, ()):
        if holds(patient, decisive):
            return text
    return ""


def _missing(patient: Patient, found: Classified) -> str:
    kinds = {question.kind for question in found.missing}
    subjects = {question.subject for question in found.missing}
    if "CEBPA" in subjects:
        return "where in CEBPA the change lies"
    if "small-variant" in kinds:
        return "a gene"
    return "a karyotype" if not patient.karyotype else "a part of the karyotype, by FISH"


def _mutated(patient: Patient, *genes: str) -> bool:
    return any(getattr(a, "gene", "") in genes for a in patient.alterations)


def _npm1_itd(p: Patient, _: str) -> bool:
    return _mutated(p, "NPM1") and _has_itd(p)


def _has_itd(p: Patient) -> bool:
    return any(a.label == "FLT3-ITD" for a in p.alterations)


def _has_ptd(p: Patient) -> bool:
    return any(a.label == "KMT2A-PTD" for a in p.alterations)


def _decided_by(*names: str) -> Test:
    return lambda _, decisive: decisive in names


def _cytogenetic(_: Patient, decisive: str) -> bool:
    return decisive in CYTOGENETIC


CYTOGENETIC = frozenset({
    "t(6;9), DEK::NUP214", "t(9;22), BCR::ABL1", "t(8;16), KAT6A::CREBBP",
    "inv(3)/t(3;3) or other MECOM rearrangement", "KMT2A rearrangement other than t(9;11)",
    "-5 or del(5q)", "-7", "-17 or abnormal 17p", "complex karyotype", "monosomal karyotype",
})  # fmt: skip

ADDED_LESIONS = ("inv(3)/t(3;3) or other MECOM rearrangement", "t(8;16), KAT6A::CREBBP")

RATIO = "2022 counts any FLT3-ITD; in 2017 a low allelic ratio beside NPM1 was favourable"
HIGH_RATIO = "2017 made FLT3-ITD with a high ratio adverse; since 2022 it is intermediate"
PTD = "the published flag counts KMT2A-PTD as a rearrangement; it is none"
CEBPA = "2017 counted any two CEBPA mutations; 2022 asks for one in frame in the bZIP region"
BZIP = "one CEBPA mutation in frame in the bZIP region is enough since 2022"
NEW_GENES = "2022 added BCOR, EZH2, SF3B1, SRSF2, STAG2, U2AF1 and ZRSR2"
SPARED = "adverse genes do not count beside a favourable subtype; the published column counts them"
BESIDE = "NPM1 with FLT3-ITD is not favourable any more, so that an adverse gene counts"
TP53_LOW = "TP53 under 10 % does not count since 2022"
TP53_FIRST = "TP53 counts beside NPM1 and CEBPA"
CYTO_FIRST = "adverse cytogenetics win over NPM1 and CEBPA"
KARYOTYPE = "the published flag was read from the string otherwise: bands, gains alone, one cell"
MECOM = "2022 added other rearrangements of 3q26, and t(8;16)"
LOSS = "the published column makes any flagged loss adverse: 7q, 9q, 12p, of 3 or 4, even of Y"
POSSIBLE = "the published column counts changes that its authors call possible, not oncogenic"
NOTHING = "nothing in the published table supports the published class"
T9_11 = "t(9;11) comes before adverse genes"
STRING = "the string shows an adverse lesion that the published column leaves out"
FISH = "the string shows the lesion of a class that the published column leaves out"

REASONS: dict[tuple[str, str], tuple[tuple[str, Test], ...]] = {
    ("favourable", "intermediate"): (
        (RATIO, _npm1_itd),
        (CEBPA, lambda p, _: bool(p.flags.get("cebpa_double")) or bool(p.cebpa)),
        (KARYOTYPE, lambda p, _: any(p.flags.get(n) for n in ("inv16_t16_16", "t_8_21"))),
    ),
    ("favourable", "adverse"): (
        (CYTO_FIRST, _cytogenetic),
        (TP53_FIRST, _decided_by("TP53 at 10 % or more")),
        (BESIDE, lambda p, d: d == MR_GENE and _npm1_itd(p, d)),
        (CEBPA, lambda p, d: d == MR_GENE and bool(p.cebpa)),
    ),
    ("intermediate", "adverse"): (
        (MECOM, _decided_by(*ADDED_LESIONS)),
        (STRING, _cytogenetic),
        (BESIDE, lambda p, d: d == MR_GENE and _npm1_itd(p, d) and _mutated(p, *MR_2017)),
        (NEW_GENES, lambda p, d: d == MR_GENE and not _mutated(p, *MR_2017)),
    ),
    ("intermediate", "favourable"): (
        (BZIP, _decided_by("CEBPA in frame in the bZIP region")),
        (FISH, _decided_by("core-binding factor: t(8;21) or inv(16)/t(16;16)")),
    ),
    ("adverse", "favourable"): (
        (PTD, lambda p, _: _has_ptd(p)),
        (SPARED, lambda p, _: _mutated(p, *MR_2017)),
        (TP53_LOW, lambda p, _: _low_tp53(p)),
        (FISH, _decided_by("core-binding factor: t(8;21) or inv(16)/t(16;16)")),
        (KARYOTYPE, lambda p, _: _flagged(p)),
        (LOSS, lambda p, _: _any_loss(p)),
    ),
    ("adverse", "intermediate"): (
        (T9_11, _decided_by("t(9;11), MLLT3::KMT2A")),
        (PTD, lambda p, _: _has_ptd(p)),
        (TP53_LOW, lambda p, _: _low_tp53(p)),
        (HIGH_RATIO, lambda p, _: _has_itd(p)),
        (KARYOTYPE, lambda p, _: _flagged(p)),
        (LOSS, lambda p, _: _any_loss(p)),
        (POSSIBLE, lambda p, _: any(p.flags.get(g) for g in ("RUNX1", "ASXL1", "TP53"))),
        (NOTHING, lambda p, _: True),
    ),
}  # fmt: skip


def _any_loss(p: Patient) -> bool:
    return any(p.flags.get(name) for name in LOSSES)


LOSSES = ("del_3", "del_4", "del_7", "del_9", "del_12", "del_13", "del_16", "del_18", "del_20",
          "minusy")  # fmt: skip


def _low_tp53(p: Patient) -> bool:
    return p.tp53_vaf is not None and p.tp53_vaf < 10


def _flagged(p: Patient) -> bool:
    lesions = ("complex", "minus7", "minus5_5q", "mono17_17p_abn17p", "inv3_t3_3", "t_6_9", "del_7",
               "t_v_11", "t_9_22")  # fmt: skip
    return any(p.flags.get(name) for name in lesions)
