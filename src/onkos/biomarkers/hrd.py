"""Scars of deficient homologous recombination: HRD and gLOH from allele-specific segments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from onkos.biomarkers.profile import (
    AUTOSOMES,
    NO_ALLELES,
    NO_COPIES,
    NO_PURITY,
    Profile,
    profiles,
)
from onkos.biomarkers.purity import ploidy_of, too_little
from onkos.biomarkers.reported import wanted_measures
from onkos.model import Case, Finding, Knowledge, NotAssessed
from onkos.stats.scars import (
    LST_PER_PLOIDY,
    Centromere,
    Piece,
    large_scale_transitions,
    loh_regions,
    loss_of_arms,
    telomeric_imbalances,
)

HRD, GLOH = "HRD", "gLOH"  # names of the vocabulary of measures
ASSEMBLIES = ("GRCh37", "GRCh38")
_METHOD = "LOH, TAI and LST counted from allele-specific copies by the rules of scarHRD"
_GLOH_METHOD = (
    "per cent of the assessed autosomes, losses of whole arms not counted: FoundationOne's rule"
)
_OTHER_ASSAY = "not the companion diagnostic's own score: the two are not interchangeable"


class Scars(NamedTuple):
    """Counts over the autosomes, and the genome with one allele lost.

    Attributes
    ----------
    loh, tai, lst : int
    gloh : float
        Per cent of what was assessed, whole arms not counted.
    lost : float
        The same, whole arms counted.
    whole_arms : tuple of str
        Arms lost as a whole: ``"17p"``.
    assessed : float
        Share of the autosomes with allele-specific copies, in [0, 1].
    """

    loh: int
    tai: int
    lst: int
    gloh: float
    lost: float
    whole_arms: tuple[str, ...]
    assessed: float

    @property
    def total(self) -> int:
        """The sum that the cut-off is set on."""
        return self.loh + self.tai + self.lst


def hrd(
    case: Case, findings: tuple[Finding | NotAssessed, ...], knowledge: Knowledge
) -> Iterator[Finding | NotAssessed]:
    """HRD and gLOH of every sample with segments, or why they could not be had.

    A case without segments gets nothing here, and one whose segments lack alleles only where
    claims of its disease ask for the measure.
    """
    del findings
    reported = {measurement.name for measurement in case.measurements}
    asked = set(wanted_measures(case.disease, knowledge)) - reported
    for profile in profiles(case):
        reason = _not_evaluable(profile, knowledge)
        if not reason:
            yield from _scored(profile, knowledge)
        else:
            for name in (HRD, GLOH):
                if name in asked:
                    yield NotAssessed(name=name, reason=f"{reason}{profile.suffix}")


def _not_evaluable(profile: Profile, knowledge: Knowledge) -> str:
    """Why a scar score would mislead; empty where it does not."""
    limits, content = knowledge.vocabulary.limits, profile.sample.purity
    if not profile.counted:
        return NO_COPIES
    if not profile.pieces():
        return NO_ALLELES
    if content is None:
        least = 100 * limits["hrd_least_purity"]
        return f"{NO_PURITY}, and under {least:.0f} % scars are missed: give purity with the sample"
    if content < limits["hrd_least_purity"]:
        doubt = knowledge.vocabulary.unverified("hrd_least_purity")
        return _with(too_little(content, limits["hrd_least_purity"]), doubt)
    ploidy, least = ploidy_of(profile), limits["hrd_least_ploidy"]
    if ploidy is not None and ploidy < least:
        doubt = knowledge.vocabulary.unverified("hrd_least_ploidy")
        return _with(f"ploidy {ploidy:.2f} is under {least:g}: the copies are in doubt", doubt)
    found = [scars(profile.pieces(), one, knowledge) for one in _assemblies(profile)]
    if min(one.assessed for one in found) < limits["copies_least_assessed"]:
        least = 100 * limits["copies_least_assessed"]
        return f"under {least:.0f} % of the autosomes have copies of each allele"
    if len({one.total for one in found}) > 1:
        return "assembly of the segments not told, and the score differs between the two"
    return ""


def _with(reason: str, doubt: str) -> str:
    return f"{reason}; {doubt}" if doubt else reason


def _assemblies(profile: Profile) -> tuple[str, ...]:
    return (profile.assembly,) if profile.assembly in ASSEMBLIES else ASSEMBLIES


def scars(pieces: dict[str, list[Piece]], assembly: str, knowledge: Knowledge) -> Scars:
    """Counts of one tumour.

    Parameters
    ----------
    pieces : dict of str to list of Piece
        By chromosome; those that are not autosomes are left out.
    assembly : str
        ``"GRCh37"`` or ``"GRCh38"``: where the centromeres lie.
    """
    table, whole_arm = (
        knowledge.vocabulary.chromosome,
        knowledge.vocabulary.limits["gloh_whole_arm"],
    )
    loh = tai = lst = lost = counted = assessed = 0
    whole: list[str] = []
    for name in sorted(AUTOSOMES & pieces.keys(), key=int):
        own = pieces[name]
        centromere = Centromere(*table[assembly, name].centromere)
        loh += len(loh_regions(own))
        tai += telomeric_imbalances(own, centromere)
        lst += large_scale_transitions(own, centromere)
        for letter, arm in zip("pq", loss_of_arms(own, centromere, whole_arm), strict=True):
            if letter == "p" and table[assembly, name].acrocentric:
                continue  # no sequence: what a segment spans there was never seen
            lost += arm.lost
            counted += arm.counted
            assessed += arm.assessed
            whole += [f"{name}{letter}"] if arm.lost > arm.counted else []
    genome = sum(table[assembly, name].length for name in AUTOSOMES)
    return Scars(
        loh=loh, tai=tai, lst=lst, whole_arms=tuple(whole), assessed=assessed / genome,
        gloh=100 * counted / max(1, assessed), lost=100 * lost / max(1, assessed),
    )  # fmt: skip


def _scored(profile: Profile, knowledge: Knowledge) -> Iterator[Finding]:
    found = scars(profile.pieces(), _assemblies(profile)[-1], knowledge)
    limits, ploidy = knowledge.vocabulary.limits, ploidy_of(profile)
    parts = f"LOH {found.loh}, TAI {found.tai}, LST {found.lst}"
    word = "positive" if found.total >= limits["hrd_positive"] else "negative"
    notes = [_OTHER_ASSAY]
    if limits["hrd_borderline_from"] <= found.total <= limits["hrd_borderline_to"]:
        word = f"borderline, {word} at the cut-off of {limits['hrd_positive']:g}"
        notes.append("repeat the test: runs of one block differ by as much")
    if ploidy is not None:
        notes.append(
            f"LST less {LST_PER_PLOIDY} x ploidy {found.lst - LST_PER_PLOIDY * ploidy:.1f}"
        )
    yield Finding(
        name=HRD,
        value=f"HRD {found.total}, {word} ({parts}){profile.suffix}",
        method=_METHOD,
        note="; ".join(notes),
        number=float(found.total),
    )
    yield _gloh(found, profile, limits["gloh_high"])


def _gloh(found: Scars, profile: Profile, high: float) -> Finding:
    arms = f"; whole arms lost: {', '.join(found.whole_arms)}" if found.whole_arms else ""
    word = "high" if found.gloh >= high else "low"
    return Finding(
        name=GLOH,
        value=f"gLOH {found.gloh:.1f} %, {word} at the cut-off of {high:g} %{profile.suffix}",
        method=_GLOH_METHOD,
        note=f"the cut-off was set on that panel and holds for no other score{arms}",
        number=round(found.gloh, 1),
        unit="%",
    )
