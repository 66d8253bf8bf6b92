"""Whether a criterion says less than the words that it was read from, and so holds for more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onkos.model import Claim
from onkos.model.criterion import And, Criterion, Mutation, atoms, genes_named

# A word of a printed criterion, and the words of a profile than which it is no broader; written
# from the words alone, apart from the grammar that makes the criteria.
_AT_MOST = {
    "oncogenic mutation": "mutation|alteration|gain-of-function|non-v600",
    "truncating mutation": "truncating|truncation|inactivating mutation|deleterious mutation",
    "loss of function": "loss-of-function|biallelic inactivation",
    "protein loss": "loss|underexpression",
    "protein overexpression": "(?<!under)expression",
    "promoter mutation": "promoter mutation",
    "promoter methylation": "methylation|hypermethylation",
    "in-frame deletion": "deletion",
    "frameshift": "frameshift|frame shift",
    "amplification": "amplification",
    "rearrangement": "rearrangement|reg_e",
    "wild-type": "wild.?type",
    "insertion": "insertion",
    "deletion": r"deletion|\bdel\b|loss",
    "skipping": "skipping",
    "fusion": "fusion|::",
    "ITD": "itd|duplication",
    "lost": "deletion",
    "MSI-H": "msi high",
    "HER2 IHC 3+": "(?<!under)expression",
    "PR positive": "(?<!under)expression",
    "PD-L1": "(?<!under)expression",
    "mutation": "mutation",
}  # fmt: skip
_CODING = re.compile(r"\(c\.[^)]*\)")
_NUMBER = re.compile(r"\d+")
_PART = re.compile(r"\s(?:AND|OR)\s|\bNOT\b|[()]")
_PLAIN = re.compile(r"TER|[^A-WY-Z0-9]")  # without X and * for a stop
# Genes that have another name among the measures.
_MEASURED = {
    "CD274": "PD-L1",
    "PGR": "PR ",
    "CCND1": "cyclin D1",
    "ERBB2": "HER2",
    "TMB": "TMB",
    "MSI": "MSI",
}


def profile_of(claim: Claim) -> str:
    """The profile's own words, which a claim of CIViC keeps in its note."""
    return claim.note.partition("profile: ")[2].partition("; ")[0]


def broader_than_words(claim: Claim) -> list[str]:
    """Why the printed criterion may be broader than its profile; empty where it is not.

    It looks at words alone: each gene and number of the profile must stand in the criterion, each
    change and word of the criterion must be covered by the profile's, and as many parts must be
    joined and denied.
    """
    return list(_reasons(_CODING.sub("", profile_of(claim)), claim))


def _reasons(profile: str, claim: Claim) -> Iterator[str]:
    yield from _left_out(profile, str(claim.when))
    for leaf in _of_the_profile(profile, claim.when):
        own = _own_words(profile, leaf)
        plain = _PLAIN.sub("", own.upper().replace(">", "DELINS"))
        if isinstance(leaf, Mutation) and _PLAIN.sub("", leaf.change.upper()) not in plain:
            yield f"{leaf.change} is not in the profile"
        word = next((word for word in _AT_MOST if word in str(leaf)), "")
        if word and not re.search(_AT_MOST[word], own.casefold()):
            yield f"{word} is not in the profile"


def _of_the_profile(profile: str, rule: Criterion) -> Iterator[Criterion]:
    """Leaves, but for what the disease adds: a part asked for besides can only narrow."""
    for part in rule.of if isinstance(rule, And) else (rule,):
        genes = genes_named(part)
        foreign = genes and not any(re.search(rf"\b{gene}\b", profile) for gene in genes)
        if not (foreign and isinstance(rule, And)):
            yield from atoms(part)


def _own_words(profile: str, leaf: Criterion) -> str:
    """The parts of the profile that name the genes of a leaf; all where none does."""
    parts = [part for part in _PART.split(profile) if part]
    genes = genes_named(leaf)
    own = [part for part in parts if any(re.search(rf"\b{gene}\b", part) for gene in genes)]
    return " ".join(own or parts)


def _left_out(profile: str, said: str) -> Iterator[str]:
    """What the profile asks for and the criterion does not."""
    for part in filter(None, (part.strip() for part in _PART.split(profile))):
        feature, _, rest = part.partition(" ")
        for gene in re.split("::", feature):
            if gene not in {"v", "?"} and gene not in said and _MEASURED.get(gene, "?") not in said:
                yield f"{gene} was left out"
        for number in _NUMBER.findall(re.sub(r"p16|-V600", "", rest)):
            if number not in _NUMBER.findall(said):
                yield f"{number} was left out"
    if len(re.findall(r"\bNOT\b", profile)) != len(re.findall(r"\bnot\b", said)):
        yield "denied differently"
    if len(re.findall(r"\bAND\b", profile)) > said.count(" and "):
        yield "fewer parts are asked for together"
    for word in ("biallelic", "promoter", "exon"):
        if word in profile.casefold() and word not in said.casefold():
            yield f"{word} was left out"
