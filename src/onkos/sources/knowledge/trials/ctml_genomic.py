"""A genomic leaf of CTML as one criterion: all its keys speak of the same alteration.

How words are read where CTML leaves a choice, each said in the criterion's `note`:
a copy-number variation without a call is an amplification or a homozygous deletion (a gain or loss
of one copy comes with any large change of a chromosome); any variation is a mutation, such a copy
number or a rearrangement; ``p.G12X`` of an oncogene and ``p.G12`` are any substitution there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from onkos.errors import OnkosError
from onkos.model import Consequence, CopyCall, Event, Vocabulary
from onkos.model.criterion import (
    CopyNumberIs,
    Criterion,
    EventIs,
    FusionIs,
    Mutation,
    Or,
    Status,
    WildType,
)
from onkos.model.protein import parse_protein
from onkos.sources.knowledge.trials.symbols import genes_meant

CATEGORIES = {
    "mutation": "mutation",
    "cnv": "copies",
    "copy number variation": "copies",
    "sv": "structure",
    "structural variation": "structure",
    "structural variant": "structure",
    "any variation": "any",
}
CLASSES = {
    "in_frame_del": "deletion",
    "in_frame_ins": "insertion",
    "missense_mutation": "missense",
    "missense": "missense",
    "nonsense_mutation": "nonsense",
    "frameshift": "frameshift",
    "splice_site": "splice mutation",
}
CALLS = {
    "high amplification": CopyCall.AMPLIFICATION,
    "homozygous deletion": CopyCall.DELETION,
    "low amplification": CopyCall.GAIN,
    "heterozygous deletion": CopyCall.LOSS,
}
STABILITY = {
    "mmr-proficient": (("MMR", "pMMR"), ("MSI", "MSS"), ("MSI", "MSI-L")),
    "mmr-deficient": (("MMR", "dMMR"), ("MSI", "MSI-H")),
    "msi-h": (("MSI", "MSI-H"),),
    "msi-l": (("MSI", "MSI-L"),),
    "mss": (("MSI", "MSS"),),
}
_STABLE = ("mmr_status", "ms_status")
_NAMES = frozenset({"display_name"})  # what a page calls it; selects nothing
_CHANGES = ("protein_change", "wildcard_protein_change")
_OF_MUTATION = frozenset({*_CHANGES, "exon", "variant_classification"})
KEYS = frozenset({*_STABLE, *_NAMES, *_OF_MUTATION, "hugo_symbol", "variant_category", "cnv_call",
                  "wildtype", "fusion_partner_hugo_symbol"})  # fmt: skip
_OF_KIND: dict[str, frozenset[str]] = {
    "mutation": _OF_MUTATION,
    "copies": frozenset({"cnv_call"}),
    "structure": frozenset({"fusion_partner_hugo_symbol"}),
    "any": _OF_MUTATION,
}
_SPEAKS_OF = {"mutation": "a mutation", "copies": "copy number", "structure": "a rearrangement",
              "any": "any variation"}  # fmt: skip
_YES = frozenset({"true", "yes", "y", "1"})
_NO = frozenset({"", "false", "no", "n", "0"})
_ANY_GENE = "any_gene"
_RESIDUE = re.compile(r"^([A-Z])(\d+)([A-Zx])?$")
_SAYS = {
    "deletion": {Consequence.INFRAME_DELETION, Consequence.DELINS},
    "insertion": {Consequence.INFRAME_INSERTION, Consequence.DELINS},
    "missense": {Consequence.MISSENSE},
    "nonsense": {Consequence.NONSENSE},
    "frameshift": {Consequence.FRAMESHIFT},
    "splice mutation": {Consequence.SPLICE},
}


class NotRead(Exception):
    """A leaf that was not understood; says why."""


def genomic(leaf: Mapping[str, str], vocabulary: Vocabulary) -> tuple[Criterion, str]:
    """The criterion of a leaf without its ``!``, and how its words were read.

    Raises
    ------
    NotRead
        Where a key, a gene or a word of it is not understood: nothing of the leaf is used.
    """
    said = {key: value for key, value in leaf.items() if key not in _NAMES and value}
    strange = sorted(set(said) - KEYS)
    if strange:
        raise NotRead(_strange(strange))
    stable = [key for key in _STABLE if key in said]
    if stable:
        return _stability(said, stable), ""
    gene, category = said.get("hugo_symbol", ""), _category(said)
    wild = _is_wild_type(said, category)
    _refuse_others(said, category)
    if category == "structure":
        return _structure(gene, said.get("fusion_partner_hugo_symbol", ""), vocabulary), ""
    genes = _genes(gene, vocabulary)
    if wild:
        return _wild_type(genes, said), ""
    if category == "copies":
        return _copies(genes, said.get("cnv_call", ""))
    if category == "any" and not _OF_MUTATION & set(said):
        return _any(genes)
    return _mutation(genes, said, vocabulary)


def _strange(keys: list[str]) -> str:
    if all(key.endswith("_signature") for key in keys):
        return f"{', '.join(keys)}: from which share a signature counts is not said"
    return f"no key of ours: {', '.join(keys)}"


def _category(said: Mapping[str, str]) -> str:
    word = said.get("variant_category", "")
    if word:
        found = CATEGORIES.get(word.casefold())
        if found is None:
            raise NotRead(f"no category of ours: {word}")
        return found
    if _OF_MUTATION & set(said):
        return "mutation"
    if "cnv_call" in said:
        return "copies"
    return "structure" if "fusion_partner_hugo_symbol" in said else "any"


def _is_wild_type(said: Mapping[str, str], category: str) -> bool:
    """Whether the absence of mutations is asked for; a word that is neither yes nor no is not."""
    word = said.get("wildtype", "").casefold()
    if word not in _YES | _NO:
        raise NotRead(f"wildtype neither true nor false: {said['wildtype']}")
    if word in _YES and category not in {"mutation", "any"}:
        raise NotRead(f"wild-type with {said['variant_category']}")
    return word in _YES


def _refuse_others(said: Mapping[str, str], category: str) -> None:
    """Refuse keys that this kind of alteration has not: without them the leaf would ask less."""
    own = _OF_KIND[category] | {"hugo_symbol", "variant_category", "wildtype"}
    strange = sorted(set(said) - own)
    if strange:
        raise NotRead(f"{', '.join(strange)} of a leaf that speaks of {_SPEAKS_OF[category]}")


def _genes(written: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    if not written:
        raise NotRead("names no gene")
    try:
        return genes_meant(written, vocabulary)
    except OnkosError as error:
        raise NotRead(str(error)) from error


def _one_or(parts: list[Criterion]) -> Criterion:
    return parts[0] if len(parts) == 1 else Or(of=tuple(parts))


def _stability(said: Mapping[str, str], keys: list[str]) -> Criterion:
    others = set(said) - set(keys) - {"hugo_symbol", "variant_category"}
    if len(keys) > 1 or others:
        raise NotRead(f"{keys[0]} beside {', '.join(sorted({*keys[1:], *others}))}")
    words = STABILITY.get(said[keys[0]].casefold())
    if words is None:
        raise NotRead(f"no word for repeats: {said[keys[0]]}")
    return _one_or([Status(name=name, status=word, bare=True) for name, word in words])


def _wild_type(genes: tuple[str, ...], said: Mapping[str, str]) -> Criterion:
    narrower = (_OF_MUTATION | {"cnv_call"}) & set(said)
    if narrower:
        raise NotRead(f"wild-type with {', '.join(sorted(narrower))}")
    return WildType(genes=genes)


def _structure(gene: str, partner: str, vocabulary: Vocabulary) -> Criterion:
    """A rearrangement of a gene, or of two with one another at whichever end."""
    named = [name for name in (gene, partner) if name and name.casefold() != _ANY_GENE]
    if any(name.casefold() == "intergenic" for name in named):
        raise NotRead("a break between genes is not told apart from an unknown partner")
    if not named:
        raise NotRead("a rearrangement of any gene with any gene")
    found = [_genes(name, vocabulary) for name in named]
    if len(found) == 1:
        return FusionIs(genes=found[0], rearrangement=True)
    pairs = [(a, b) for a in found[0] for b in found[1]]
    ends = dict.fromkeys([*pairs, *((b, a) for a, b in pairs)])
    return _one_or([FusionIs(five=a, three=b, rearrangement=True) for a, b in ends])


def _copies(genes: tuple[str, ...], call: str) -> tuple[Criterion, str]:
    if call:
        known = CALLS.get(call.casefold())
        if known is None:
            raise NotRead(f"no copy-number call of ours: {call}")
        return CopyNumberIs(genes=genes, call=known), ""
    note = "copy-number variation read as amplification or homozygous deletion"
    return Or(of=_high_level(genes)), note


def _high_level(genes: tuple[str, ...]) -> tuple[Criterion, ...]:
    calls = (CopyCall.AMPLIFICATION, CopyCall.DELETION)
    return tuple(CopyNumberIs(genes=genes, call=call) for call in calls)


def _any(genes: tuple[str, ...]) -> tuple[Criterion, str]:
    parts = (Mutation(genes=genes), *_high_level(genes), FusionIs(genes=genes, rearrangement=True))
    note = "any variation read as mutation, amplification, homozygous deletion or rearrangement"
    return Or(of=parts), note


def _mutation(
    genes: tuple[str, ...], said: Mapping[str, str], vocabulary: Vocabulary
) -> tuple[Criterion, str]:
    what = _class(said.get("variant_classification", ""))
    exon = said.get("exon", "")
    change, note = _change(said, genes, vocabulary)
    if exon and not exon.isdigit():
        raise NotRead(f"not an exon: {exon}")
    if change:
        if what != "mutation":
            _agree(change, what)
        return Mutation(genes=genes, change=change), note
    exons = (int(exon), int(exon)) if exon else None
    rule = Mutation(genes=genes, what=what, exons=exons)
    skipped = _skipped(genes, what, int(exon or 0), vocabulary)
    if skipped:
        return Or(of=(rule, skipped)), f"or {skipped}, which is what such a change does"
    return rule, ""


def _skipped(
    genes: tuple[str, ...], what: str, exon: int, vocabulary: Vocabulary
) -> Criterion | None:
    gene = vocabulary.gene(genes[0])
    if what != "splice mutation" or gene is None or exon not in gene.skipped_exons:
        return None
    return EventIs(gene=gene.symbol, event=Event.SKIPPING, first_exon=exon, last_exon=exon)


def _class(word: str) -> str:
    if not word:
        return "mutation"
    found = CLASSES.get(word.casefold())
    if found is None:
        raise NotRead(f"no class of mutation of ours: {word}")
    return found


def _change(
    said: Mapping[str, str], genes: tuple[str, ...], vocabulary: Vocabulary
) -> tuple[str, str]:
    """The change in one letter without ``p.``, and how it was read."""
    keys = [key for key in _CHANGES if key in said]
    if len(keys) > 1:
        raise NotRead("a protein change and a wildcard in one leaf")
    if not keys:
        return "", ""
    written = said[keys[0]].strip()
    text = written.removeprefix("p.")
    residue = _RESIDUE.match(text)
    if residue and not residue[3]:
        note = "" if keys[0].startswith("wild") else f"{written} read as any substitution there"
        return text, note
    if residue and residue[3] in "Xx":
        gene = vocabulary.gene(genes[0])
        if gene is None or gene.role != "oncogene":
            raise NotRead(f"{written}: X may be any residue or a stop")
        return text[:-1], f"{written} read as any substitution there"
    if keys[0].startswith("wild"):
        raise NotRead(f"not a residue: {written}")
    try:
        return parse_protein(text).text, ""
    except (OnkosError, ValueError) as error:
        raise NotRead(f"not a protein change: {written}") from error


def _agree(change: str, what: str) -> None:
    """Refuse a class that the change is not of; one that it is of adds nothing."""
    if change[-1].isdigit():
        agrees = what == "missense"
    else:
        agrees = parse_protein(change).consequence in _SAYS[what]
    if not agrees:
        raise NotRead(f"{change} is not a {what}")
