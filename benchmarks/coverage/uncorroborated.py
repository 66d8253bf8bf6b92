"""The other way round: built-in claims of treatment that none of the other lists speaks of."""

from __future__ import annotations

import re
from collections import Counter

from benchmarks.coverage.triples import EFFECTS, Triple, cgi, civic, claims_of
from benchmarks.coverage.words import APPROVALS, classes, drugs, rows, subjects
from onkos.model import TREATMENT_EFFECTS, Claim, Knowledge


def uncorroborated(knowledge: Knowledge, solid: bool) -> tuple[list[Claim], int]:
    """Claims that no list speaks of, and of how many.

    A list speaks of a claim where it has its gene (or measure), a drug that is the same or
    shares a class, and its direction; the regulators' list, where it has the regimen.
    """
    said = _said(knowledge, solid)
    regimens = {
        frozenset(d.name if d else "?" for d in drugs(row["therapy"], "+", knowledge))
        for row in rows(APPROVALS)
    }
    treating = [c for c in claims_of(knowledge, solid) if c.effect in TREATMENT_EFFECTS]
    alone = [c for c in treating if not _spoken_of(c, said, regimens, knowledge)]
    return alone, len(treating)


def _said(knowledge: Knowledge, solid: bool) -> set[tuple[str, str, str]]:
    """Gene, class or drug, and direction, of every row of CIViC and CGI whatever its level."""
    triples: list[Triple] = [
        *civic(knowledge, solid=solid, levels="ABCDE")[0],
        *cgi(knowledge, solid=solid, guidelines_only=False)[0],
    ]
    return {
        (t.gene, word, t.direction)
        for t in triples
        for drug in t.drugs
        for word in {drug.name, *classes(drug)}
    }


def _spoken_of(
    claim: Claim,
    said: set[tuple[str, str, str]],
    regimens: set[frozenset[str]],
    knowledge: Knowledge,
) -> bool:
    if claim.approvals and frozenset(claim.therapy) in regimens:
        return True
    direction = next(d for d, effects in EFFECTS.items() if claim.effect in effects)
    mine = [knowledge.vocabulary.drug_by_inn[name] for name in claim.therapy]
    words = {word for drug in mine for word in {drug.name, *classes(drug)}}
    return any((gene, word, direction) in said for gene in subjects(claim) for word in words)


def report(knowledge: Knowledge, verbose: bool, solid: bool = True) -> None:
    """Print how many, by what they rest on, and which."""
    alone, total = uncorroborated(knowledge, solid)
    where = "solid tumours" if solid else "blood cancers"
    print(f"Built-in claims of treatment in {where}: {total}; in no other list: {len(alone)}")
    for name, number in Counter(map(_rests_on, alone)).most_common():
        print(f"  {number:4} rest on {name}")
    if verbose:
        for claim in sorted(alone, key=lambda c: (_rests_on(c), c.id)):
            name = f"{re.sub('/.*', '', claim.id)} ({' + '.join(claim.therapy)})"
            print(f"  {_rests_on(claim):26} {name}")


def _rests_on(claim: Claim) -> str:
    if any(not a.unverified for a in claim.approvals):
        return "an approval"
    if claim.approvals:
        return "an approval, not verified"
    if any(s.pmid or s.nct or s.doi for s in claim.studies):
        return "an identified study"
    return "a guideline" if claim.guidelines else "an unverified study"
