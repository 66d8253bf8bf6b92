"""How a fact is named and found again: identifiers, and the addresses they resolve at."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote

from onkos.model import Approval, Claim, Guideline, Study

Fact = Approval | Guideline | Study


class Source(NamedTuple):
    """An identifier and where it resolves; ``url`` is empty where it does not."""

    text: str
    url: str = ""
    unverified: bool = False
    contrary: bool = False


_PMID = re.compile(r"^PMID:(\d+)$")
_NCT = re.compile(r"^NCT\d{8}$")


def address(identifier: str) -> str:
    """Where an identifier resolves; empty for one that is not a PMID, NCT number or DOI.

    >>> address("PMID:29151359")
    'https://pubmed.ncbi.nlm.nih.gov/29151359/'
    >>> address("FDA 2018-04-18")
    ''
    """
    pmid = _PMID.match(identifier)
    if pmid:
        return f"https://pubmed.ncbi.nlm.nih.gov/{pmid.group(1)}/"
    if _NCT.match(identifier):
        return f"https://clinicaltrials.gov/study/{identifier}"
    if identifier.startswith("doi:"):
        return "https://doi.org/" + quote(identifier[4:], safe="/:;.-_")
    return ""


def identifiers(fact: Fact) -> tuple[str, ...]:
    """Identifiers of one fact, most exact first; its own name where it has none.

    >>> from onkos.model import StudyKind
    >>> identifiers(Study(kind=StudyKind.RANDOMISED, pmid=29151359, nct="NCT02296125"))
    ('PMID:29151359', 'NCT02296125')
    """
    if isinstance(fact, Approval):
        return (fact.source_id,)
    found = [f"PMID:{fact.pmid}"] if fact.pmid else []
    if isinstance(fact, Study) and fact.nct:
        found.append(fact.nct)
    if fact.doi and not fact.pmid:
        found.append(f"doi:{fact.doi}")
    return tuple(found) or ((fact.source_id,) if fact.source_id else ())


def sources_of(fact: Fact) -> tuple[Source, ...]:
    """The same with addresses and marks."""
    contrary = (isinstance(fact, Study) and not fact.positive) or (
        isinstance(fact, Guideline) and not fact.recommends
    )
    names = (name.replace(" date not verified", "") for name in identifiers(fact))
    return tuple(Source(name, address(name), fact.unverified, contrary) for name in names)


def claim_sources(claim: Claim) -> tuple[Source, ...]:
    """Sources of all facts of a claim, each identifier once."""
    return once(source for fact in claim.facts for source in sources_of(fact))


def once(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Each identifier once; a mark on any of its facts stays."""
    found: dict[str, Source] = {}
    for source in sources:
        kept = found.get(source.text, source)
        found[source.text] = kept._replace(
            unverified=kept.unverified or source.unverified,
            contrary=kept.contrary or source.contrary,
        )
    return tuple(found.values())


def claim_identifiers(claim: Claim) -> tuple[str, ...]:
    """Identifiers of all facts of a claim, each once."""
    return tuple(dict.fromkeys(name for fact in claim.facts for name in identifiers(fact)))
