"""PMIDs of the built-in knowledge against the citations that CIViC gives for them.

``python -m benchmarks.identifiers`` lists studies whose author or year is another, and papers of
which CIViC names neither a gene nor a drug of ours: places where an identifier may be wrong.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from benchmarks.coverage.words import CIVIC, drugs, rows, subjects
from onkos.model import Claim, Knowledge, Study, entry_of
from onkos.sources.knowledge import builtin

AUTHOR_AND_YEAR = re.compile(r"^([A-Z][\w'’-]+)(?: et al\.?,?)? ((?:19|20)\d\d)\b")
OLD = CIVIC.parent / "2021-08-01" / "01-Aug-2021-ClinicalEvidenceSummaries.tsv"


class Cited(NamedTuple):
    """What CIViC says of one paper."""

    citations: set[str]
    text: str
    drugs: set[str]


def papers(knowledge: Knowledge) -> dict[int, Cited]:
    """Every PubMed citation of both releases of CIViC."""
    found: dict[int, Cited] = defaultdict(lambda: Cited(set(), "", set()))
    for path in (CIVIC, OLD):
        for row in rows(path):
            if row.get("source_type") not in {"PubMed", "Pubmed"} or not row["citation_id"]:
                continue
            number = int(row["citation_id"])
            kept = found[number]
            profile = row.get("molecular_profile") or f"{row.get('gene')} {row.get('variant')}"
            named = row.get("therapies") or row.get("drugs") or ""
            told = {d.name for d in drugs(named, ",", knowledge) if d}
            text = f"{kept.text} {profile} {row['evidence_statement']} {row['disease']} {named}"
            found[number] = Cited(kept.citations | {row["citation"]}, text, kept.drugs | told)
    return found


def studies(knowledge: Knowledge) -> Iterator[tuple[Claim, Study]]:
    """Studies with a PMID, of one claim of each entry as written."""
    seen = set()
    for claim in knowledge.claims:
        for study in claim.studies:
            key = (entry_of(claim.id), study.pmid, study.name)
            if study.pmid and key not in seen:
                seen.add(key)
                yield claim, study


def another_author(study: Study, cited: Cited) -> str:
    """The citation, where our name of the study is of another author or year."""
    name = AUTHOR_AND_YEAR.match(study.name)
    if not name:
        return ""
    author, year = name[1].casefold(), int(name[2])
    for citation in cited.citations:
        years = [int(y) for y in re.findall(r"\b(?:19|20)\d\d\b", citation)] or [year]
        if author in citation.casefold() and any(abs(y - year) <= 1 for y in years):
            return ""
    return "; ".join(sorted(cited.citations))


def another_subject(claim: Claim, cited: Cited) -> bool:
    """Whether CIViC's rows of the paper name neither a gene nor a drug of the claim."""
    text = cited.text.casefold()
    genes = {name.casefold() for name in subjects(claim)}
    genes |= {word.casefold() for word in re.findall(r"[A-Z][A-Za-z0-9-]+", str(claim.when))}
    said = any(re.search(rf"\b{re.escape(gene)}", text) for gene in genes)
    return not said and not (set(claim.therapy) & cited.drugs)


def main() -> None:
    """Print both lists and their sizes."""
    if not CIVIC.exists():
        sys.exit("no data")
    knowledge = builtin()
    known = papers(knowledge)
    looked = [(c, s) for c, s in studies(knowledge) if s.pmid in known]
    authors = [(c, s, w) for c, s in looked if (w := another_author(s, known[s.pmid or 0]))]
    subject = [(c, s) for c, s in looked if another_subject(c, known[s.pmid or 0])]
    total = sum(1 for _ in studies(knowledge))
    print(f"{total} studies with a PMID, {len(looked)} of them in CIViC")
    print(f"another author or year: {len(authors)}")
    for claim, study, citation in authors:
        print(f"  {claim.id}: {study.name!r} PMID:{study.pmid}, CIViC: {citation}")
    print(f"neither gene nor drug named: {len(subject)}")
    for claim, study in subject:
        cited = known[study.pmid or 0]
        print(f"  {claim.id}: {study.name!r} PMID:{study.pmid}, CIViC: {cited.text.strip()[:110]}")


if __name__ == "__main__":
    main()
