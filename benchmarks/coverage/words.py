"""The other lists' words, read from ``words.toml``, and what onkos calls the same."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from benchmarks.timing import SHARED
from onkos.errors import VocabularyError
from onkos.model import Claim, Drug, Knowledge
from onkos.model.criterion import (
    Compare,
    HlaIs,
    Status,
    WildType,
    atoms,
    genes_changed,
    genes_named,
)
from onkos.model.names import name_key

KNOWLEDGE = SHARED / "knowledge"
APPROVALS = KNOWLEDGE / "regulators" / "approvals_sample.tsv"
CIVIC = KNOWLEDGE / "civic" / "civic_accepted_evidence_2026-05.tsv"
CGI = KNOWLEDGE / "cgi" / "cgi_biomarkers_per_variant.tsv"
CHEMOTHERAPY = "chemotherapy"


@cache
def words() -> dict[str, dict[str, object]]:
    """Tables of ``words.toml`` by name."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text())


def word(table: str, name: str) -> str:
    """What a name is called here; itself where nothing is said."""
    return str(words()[table].get(name, name))


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a tab-separated list."""
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream, delimiter="\t")


def subjects(claim: Claim) -> frozenset[str]:
    """Genes and measures that a claim asks for, those that stand for one another as one."""
    named = set(genes_named(claim.when))
    for leaf in atoms(claim.when):
        if isinstance(leaf, (Compare, Status)):
            named.add(leaf.name)
        if isinstance(leaf, HlaIs):
            named.add("HLA")
    return frozenset(word("same", name) for name in named)


def asked(claim: Claim) -> frozenset[str]:
    """Subjects of a claim of which a change is asked for, and wild-types as ``"X wild-type"``."""
    absent = genes_named(claim.when) - genes_changed(claim.when)
    wild = {gene for leaf in atoms(claim.when) if isinstance(leaf, WildType) for gene in leaf.genes}
    left = subjects(claim) - {word("same", gene) for gene in absent}
    return left | {f"{word('same', gene)} wild-type" for gene in wild}


def drugs(text: str, separator: str, knowledge: Knowledge) -> tuple[Drug | None, ...]:
    """Drugs of a therapy as another list writes it; None for one that is not known.

    A class that stands for a drug is a drug of that class; words that name no class are left out.
    """
    parts = [part.strip() for part in text.split(separator) if part.strip()]
    named = [name for part in parts for name in _names(part, knowledge)]
    return tuple(_drug(name, knowledge) for name in named if word("drug_class", name))


def _names(part: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Drugs of a regimen, whatever way it is named; the name itself where it is none."""
    bare = part.removesuffix(" Regimen").removesuffix(" regimen")
    regimen = knowledge.vocabulary.regimen_by_name.get(name_key(bare))
    if regimen:
        return regimen.drugs
    whole = part in words()["drug_class"] or _drug(part, knowledge) is not None
    return (part,) if whole else tuple(bare.split("/"))


def _drug(name: str, knowledge: Knowledge) -> Drug | None:
    kind = words()["drug_class"].get(name)
    if kind:
        return msgspec.convert({"name": name, "class": [kind]}, Drug)
    try:
        return knowledge.vocabulary.drug(word("drug", name))
    except VocabularyError:
        return None


def classes(drug: Drug) -> frozenset[str]:
    """Classes of a drug that tell something, and its name for one without."""
    broad = words()["class"]["broad"]
    return frozenset(c for c in drug.drug_class if c not in broad) or frozenset({drug.name})


def is_chemotherapy(drug: Drug) -> bool:
    """A classical cytotoxic, which partners many drugs, or what goes with one."""
    return drug.modality == CHEMOTHERAPY or drug.name in words()["class"]["accompany"]
