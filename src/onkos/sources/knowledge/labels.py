"""Labels of drugs as openFDA gives them, and whether they name what our approvals are for.

No claim is made of a label: its indication is prose. A label that does not name the gene of an
approval is a question for whoever keeps the knowledge, and told as such.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from onkos.errors import Unreadable
from onkos.model import Claim, Unread, Vocabulary
from onkos.model.claim import Approval
from onkos.model.criterion import genes_named
from onkos.sources.knowledge.json_file import read_json
from onkos.sources.knowledge.remote.paths import day_of

FDA = "FDA"
_PARTS = re.compile(r"\s+and\s+|[,;/+]", re.IGNORECASE)
_WORDS = re.compile(r"[a-z0-9]+")
_FAMILY = re.compile(r"\d+[A-Z]?$")  # NTRK1 is of NTRK, BRCA2 of BRCA
_SHORTEST_FAMILY = 3


class Label(NamedTuple):
    """One version of one label.

    Attributes
    ----------
    id, set_id : str
        Of this version, and of all versions of the label.
    drugs : tuple of str
        Of our vocabulary, by its generic names.
    """

    id: str
    set_id: str
    version: str
    effective: date | None
    brand: tuple[str, ...]
    generic: tuple[str, ...]
    drugs: tuple[str, ...]
    indications: str


class Checked(NamedTuple):
    """One approval of ours, held against the labels of one of its drugs.

    Attributes
    ----------
    doubt : str
        Empty where a label names one of the genes.
    """

    claim: str
    drug: str
    genes: tuple[str, ...]
    doubt: str


def read_labels(path: Path, vocabulary: Vocabulary) -> Iterator[Label | Unread]:
    """Labels of a file of openFDA; each result is a label, or told as unread.

    Raises
    ------
    Unreadable
        Where the file is no answer of openFDA.
    """
    document = read_json(path)
    results = document.get("results") if isinstance(document, dict) else None
    if not isinstance(results, list):
        raise Unreadable(path.name, ["no results; give an answer of openFDA for drug labels"])
    names = _names(vocabulary)
    for number, one in enumerate(results, 1):
        found = _label(one, names)
        if isinstance(found, Label):
            yield found
        else:
            yield Unread(source=path.name, line=number, text=_said(one), reason=found)


def check_labels(
    claims: Iterable[Claim], labels: Sequence[Label], vocabulary: Vocabulary
) -> Iterator[Checked]:
    """Every standing approval of the FDA that asks for a gene, against the labels of its drugs.

    Approvals for a measure (such as MSI) name no gene, and are not checked.
    """
    by_drug: dict[str, list[Label]] = defaultdict(list)
    for label in labels:
        for drug in label.drugs:
            by_drug[drug].append(label)
    for claim in claims:
        genes = tuple(sorted(genes_named(claim.when)))
        for approval in claim.approvals:
            if approval.regulator != FDA or not approval.stands or approval.any_marker:
                continue
            for drug in claim.therapy if genes else ():
                doubt = _doubt(approval, genes, by_drug.get(drug, []), vocabulary)
                yield Checked(claim.id, drug, genes, doubt)


def _doubt(
    approval: Approval, genes: Sequence[str], labels: Sequence[Label], vocabulary: Vocabulary
) -> str:
    if not labels:
        return "no label among those that were fetched"
    naming = [
        label
        for label in labels
        if any(mentions(label.indications, gene, vocabulary) for gene in genes)
    ]
    if not naming:
        sets = ", ".join(sorted({label.set_id for label in labels})[:3])
        return f"its label names none of {', '.join(genes[:6])} among the indications ({sets})"
    latest = max((label.effective for label in naming if label.effective), default=None)
    if latest and approval.on and latest < approval.on:
        return f"the label is of {latest}, the approval of {approval.on}: fetch it again"
    return ""


def mentions(text: str, gene: str, vocabulary: Vocabulary) -> bool:
    """Whether a text names a gene, by any of its names or that of its family.

    >>> mentions("tumors with BRCA-mutated (germline) disease", "BRCA1", Vocabulary())
    True
    >>> mentions("patients who met the criteria", "MET", Vocabulary())
    False
    """
    known = vocabulary.gene(gene)
    names = {gene, *(known.aliases if known else ())}
    family = _FAMILY.sub("", gene)
    if len(family) >= _SHORTEST_FAMILY:
        names.add(family)
    plain = "|".join(re.escape(name) for name in sorted(names))
    return re.search(rf"(?<![A-Za-z0-9])(?:{plain})(?![A-Za-z0-9])", text) is not None


def _label(one: Any, names: dict[tuple[str, ...], str]) -> Label | str:
    """The label that a result is, or why it is none."""
    if not isinstance(one, dict) or not isinstance(one.get("openfda"), dict):
        return "no result with an openfda part"
    inner = one["openfda"]
    generic = _texts(inner.get("generic_name"))
    drugs = tuple(dict.fromkeys(drug for name in generic for drug in _drugs(name, names)))
    indications = " ".join(_texts(one.get("indications_and_usage")))
    set_id = str(one.get("set_id") or "")
    if not set_id:
        return "no set_id"
    if not drugs:
        return f"no drug of ours: {'; '.join(generic)[:80] or 'no generic name'}"
    if not indications:
        return "no text of indications"
    return Label(
        id=str(one.get("id") or ""),
        set_id=set_id,
        version=str(one.get("version") or ""),
        effective=day_of(one.get("effective_time")),
        brand=_texts(inner.get("brand_name")),
        generic=generic,
        drugs=drugs,
        indications=indications,
    )


def _texts(found: Any) -> tuple[str, ...]:
    return tuple(str(text) for text in found) if isinstance(found, list) else ()


def _said(one: Any) -> str:
    return str(one.get("set_id") or one.get("id") or "")[:80] if isinstance(one, dict) else ""


def _names(vocabulary: Vocabulary) -> dict[tuple[str, ...], str]:
    """Drugs by the words of each of their names."""
    return {
        tuple(_WORDS.findall(name.casefold())): drug.name
        for drug in vocabulary.drugs
        for name in (*drug.synonyms, drug.name)
    }


def _drugs(generic: str, names: dict[tuple[str, ...], str]) -> Iterator[str]:
    """The drugs of a generic name: in each of its parts the one with the longest name.

    >>> known = {("trastuzumab",): "trastuzumab",
    ...          ("trastuzumab", "deruxtecan"): "trastuzumab deruxtecan"}
    >>> list(_drugs("FAM-TRASTUZUMAB DERUXTECAN-NXKI", known))
    ['trastuzumab deruxtecan']
    """
    for part in _PARTS.split(generic):
        words = _WORDS.findall(part.casefold())
        spans = (
            tuple(words[start : start + length])
            for length in range(len(words), 0, -1)
            for start in range(len(words) - length + 1)
        )
        found = next((names[span] for span in spans if span in names), None)
        if found is not None:
            yield found
