"""Tumour content, ploidy and doubling of the genome, where the case has segments."""

from __future__ import annotations

from collections.abc import Iterator

from onkos.biomarkers.profile import NO_COPIES, NO_PURITY, Profile, profiles, whole_copies
from onkos.model import Case, Finding, Knowledge, NotAssessed
from onkos.stats.purity import mean_copies


def purity(
    case: Case, findings: tuple[Finding | NotAssessed, ...], knowledge: Knowledge
) -> Iterator[Finding | NotAssessed]:
    """Tumour content, ploidy and whole-genome doubling of every sample with copies.

    Segments that give log ratios only have no say here: nothing is yielded for them. Where a
    run tells the fit without its segments, its tumour content and ploidy are shown as given.
    """
    del findings
    counted = [profile for profile in profiles(case) if profile.counted]
    for profile in counted:
        yield from _of_one(profile, knowledge)
    laid_out = {profile.sample.id for profile in counted}
    for sample in case.samples:
        if sample.ploidy is not None and not (counted and sample.id in laid_out):
            suffix = f" in {sample.id}" if len(case.samples) > 1 and sample.id else ""
            yield from _given(Profile(sample.id, sample, suffix, ()), knowledge)


def _given(profile: Profile, knowledge: Knowledge) -> Iterator[Finding | NotAssessed]:
    """The fit as it was given."""
    if profile.sample.purity is not None:
        yield _content(profile, profile.sample.purity)
    yield _ploidy(profile, knowledge)


def _content(profile: Profile, content: float) -> Finding:
    return Finding(
        name=f"tumour content{profile.suffix}",
        value=f"tumour content {100 * content:.0f} %{profile.suffix}",
        method="as given with the sample",
        number=content,
    )


def _of_one(profile: Profile, knowledge: Knowledge) -> Iterator[Finding | NotAssessed]:
    content, suffix = profile.sample.purity, profile.suffix
    least = knowledge.vocabulary.limits["copies_least_purity"]
    if content is None:
        yield NotAssessed(name=f"tumour content{suffix}", reason=NO_PURITY)
    else:
        yield _content(profile, content)
    if content is not None and content < least:
        names = f"ploidy and copies{suffix}"
        yield NotAssessed(name=names, reason=too_little(content, least))
        return
    yield _ploidy(profile, knowledge)
    yield _doubling(profile, knowledge)


def too_little(content: float, least: float) -> str:
    """``"tumour content 15 % is under the 20 % that copies need"``."""
    return f"tumour content {100 * content:.0f} % is under the {100 * least:.0f} % that this needs"


def ploidy_of(profile: Profile) -> float | None:
    """Ploidy as given, or the mean copies of the autosomes; None where neither is told."""
    if profile.sample.ploidy is not None:
        return profile.sample.ploidy
    return _counted_ploidy(profile)


def _counted_ploidy(profile: Profile) -> float | None:
    counted = profile.counted
    if not counted:
        return None
    return mean_copies([s.length for s in counted], [s.total or 0.0 for s in counted])


def _ploidy(profile: Profile, knowledge: Knowledge) -> Finding | NotAssessed:
    name, given, counted = (
        f"ploidy{profile.suffix}",
        profile.sample.ploidy,
        _counted_ploidy(profile),
    )
    number = given if given is not None else counted
    if number is None:
        return NotAssessed(name=name, reason=NO_COPIES)
    differs = knowledge.vocabulary.limits["ploidies_differ"]
    differ = given is not None and counted is not None and abs(given - counted) > differs
    return Finding(
        name=name,
        value=f"ploidy {number:.2f}{profile.suffix}",
        method="mean copies of the autosomes" if given is None else "as given with the sample",
        note=f"the segments themselves give {counted:.2f}: ask the laboratory" if differ else "",
        number=number,
    )


def _doubling(profile: Profile, knowledge: Knowledge) -> Finding | NotAssessed:
    name = f"whole-genome doubling{profile.suffix}"
    states = [(s.length, whole_copies(s)) for s in profile.counted]
    known = sum(length for length, state in states if state)
    least = knowledge.vocabulary.limits["copies_least_assessed"]
    if known < least * _autosomes(profile, knowledge):
        return NotAssessed(name=name, reason="too little of the genome has copies of each allele")
    share = sum(length for length, state in states if state and state[0] >= 2) / known
    doubled = share > knowledge.vocabulary.limits["doubled_share"]
    return Finding(
        name=name,
        value=f"whole genome {'doubled' if doubled else 'not doubled'}{profile.suffix}",
        method="two or more copies of the commoner allele over half of the autosomes",
        note=f"{100 * share:.0f} % of them have that",
        number=share,
    )


def _autosomes(profile: Profile, knowledge: Knowledge) -> int:
    """Length of the autosomes between which the segments lie."""
    assembly = profile.assembly or "GRCh38"
    table = knowledge.vocabulary.chromosomes
    return sum(c.length for c in table if c.assembly == assembly and c.name.isdigit())
