"""What a statement says of one gene, made an alteration."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from onkos.model import (
    Alteration,
    Event,
    Gene,
    GeneEvent,
    SmallVariant,
    Stated,
    StatedClass,
)
from onkos.model.alteration import event_name
from onkos.model.criterion import EventIs, atoms
from onkos.model.protein import ProteinChange
from onkos.sources.patient.gene_classes import bare, class_finding
from onkos.sources.patient.gene_head import is_word
from onkos.sources.patient.gene_names import GeneNames
from onkos.sources.patient.gene_place import Place, take_place
from onkos.sources.patient.gene_words import Kind, joined_phrases, kind_of, meaning
from onkos.sources.patient.statement import NotUnderstood, Said
from onkos.sources.patient.variant_text import (
    CodingChange,
    coding_change,
    protein_change,
    refuse_beyond,
    refuse_unclear_change,
    residue,
    small_variant,
)

_ACCESSION = re.compile(r"^(?:NM|NP|NR|XM|XP|LRG|ENS[TP])_?\d+(?:\.\d+)?$", re.IGNORECASE)
_RATIO = re.compile(
    r"\b(?:allelic ratio|AR|ratio)\b\s*(?:of|is|=|:|~)?\s*(\d+(?:\.\d+)?)", re.IGNORECASE
)
_VARIANT_NAME = re.compile(r"splicevariant\s+(\S+)")
# Words beside a change that repeat its consequence; any other class beside it contradicts it.
_BESIDE_A_CHANGE = frozenset(
    "mutation missense nonsense frameshift splice inframe deletion insertion delins indel"
    " truncating activating inactivating lof homozygous heterozygous biallelic".split()
)


@dataclass(slots=True, kw_only=True)
class About:
    """What is said of one gene, word by word."""

    symbol: str
    gene: Gene | None
    said: Said
    place: Place
    words: frozenset[str] = frozenset()
    proteins: list[ProteinChange] = field(default_factory=list)
    codings: list[CodingChange] = field(default_factory=list)
    residues: list[str] = field(default_factory=list)
    transcript: str = ""
    ratio: float | None = None
    variant_name: str = ""


def gene_findings(symbol: str, rest: str, said: Said, names: GeneNames) -> list[Alteration]:
    """The findings that a statement makes of one gene.

    Parameters
    ----------
    rest : str
        What stands around the gene's name.

    Raises
    ------
    NotUnderstood
        Where the words do not add up to a finding.
    """
    rest = " ".join(word for word in rest.split() if not _is_same_gene(word, symbol, names))
    about = _about(symbol, rest, said, names.vocabulary.gene(symbol))
    if said.present is False and said.vaf is not None:
        raise NotUnderstood("denies a change and gives its allele fraction", "say one of the two")
    if said.wild_type and about.words - {"mutation"}:
        raise NotUnderstood("wild type and a finding in one", "give one entry for each")
    if about.proteins or about.codings:
        promoter = about.place.promoter or symbol in names.promoters
        reach = names.vocabulary.limits.get("promoter_reach", 0) if promoter else 0
        return [_variant(about, reach)]
    if about.residues:
        return [_at_residue(about)]
    biallelic, words = _both_copies(about.words)
    kind = kind_of(words, bool(about.place.text))
    if kind in {Kind.ITD, Kind.PTD, Kind.SPLICE_VARIANT, Kind.SKIPPING} or _is_skipping(
        about, kind
    ):
        return [_event(about, kind)]
    told = about.place.text or said.standing is not None or said.copies is not None
    if kind is Kind.BARE and not told:
        return bare(symbol, said)
    return class_finding(symbol, about.gene, kind, about.place, said, biallelic)


def _is_same_gene(word: str, symbol: str, names: GeneNames) -> bool:
    """``SMARCB1 (INI1) loss``: another name of the gene."""
    found = names.find(word)
    return found is not None and found.symbol == symbol


def _about(symbol: str, rest: str, said: Said, gene: Gene | None) -> About:
    text = joined_phrases(rest)
    ratio = _RATIO.search(text) if re.search(r"\bitd\b", text, re.IGNORECASE) else None
    text = _RATIO.sub(" ", text) if ratio else text
    name = _VARIANT_NAME.search(text)
    text = text[: name.start(1)] + text[name.end(1) :] if name else text
    text, place = take_place(text, gene)
    about = About(symbol=symbol, gene=gene, said=said, place=place)
    about.ratio = float(ratio.group(1)) if ratio else None
    about.variant_name = name.group(1) if name else ""
    about.words = frozenset(_read_words(about, text.split()))
    return about


def _read_words(about: About, words: Iterable[str]) -> Iterable[str]:
    """Meanings of the plain words; changes and accessions are kept aside."""
    for word in words:
        bare_word = word.strip(",;:")
        known = meaning(bare_word)
        if known is not None:
            if known:
                yield known
        elif _ACCESSION.match(bare_word):
            about.transcript = bare_word
        elif bare_word and not _read_change(about, bare_word):
            parts = bare_word.split("-")
            if len(parts) == 1 or not all(is_word(part) for part in parts):
                raise NotUnderstood(f"{bare_word!r} was not understood", _remedy(about.symbol))
            yield from _read_words(about, parts)


def _remedy(symbol: str) -> str:
    return (
        f"say what was found in {symbol}: '{symbol} L10R' (the change), '{symbol} mutation', "
        f"'{symbol} amplification', '{symbol} fusion', '{symbol} loss of function'"
    )


def _read_change(about: About, word: str) -> bool:
    coding = coding_change(word)
    if coding:
        about.codings.append(coding)
        return True
    protein = protein_change(word)
    if protein:
        about.proteins.append(protein)
        return True
    place = residue(word)
    if place:
        about.residues.append(place)
        return True
    refuse_unclear_change(word)
    return False


def _variant(about: About, promoter_reach: float) -> Alteration:
    proteins, codings = dict.fromkeys(about.proteins), dict.fromkeys(about.codings)
    if len(proteins) > 1 or len(codings) > 1 or about.residues:
        raise NotUnderstood("names more than one change", "join the changes by 'and'")
    strange = about.words - _BESIDE_A_CHANGE
    if strange:
        raise NotUnderstood(
            f"a change and {', '.join(sorted(strange))} in one",
            "give one entry for each finding",
        )
    biallelic, words = _both_copies(about.words)
    variant = small_variant(
        about.symbol,
        about.gene,
        about.said,
        next(iter(proteins), None),
        next(iter(codings), None),
        promoter_reach,
        transcript=about.transcript,
        exon=str(about.place.exons[0]) if about.place.exons else "",
        biallelic=biallelic,
    )
    _refuse_contradiction(variant, words)
    if about.said.present is False:
        return _denied(about, variant.protein or variant.coding)
    return variant


_SAME = {
    "missense": {"missense", "start lost"},
    "nonsense": {"nonsense", "frameshift"},
    "frameshift": {"frameshift"},
    "deletion": {"frameshift", "in-frame deletion", "in-frame delins", "splice"},
    "insertion": {"frameshift", "in-frame insertion", "in-frame delins", "nonsense"},
    "splice": {"splice", "splice region", "intronic", "unknown", "synonymous"},
    "truncating": {"nonsense", "frameshift", "splice", "start lost"},
    "inframe": {"in-frame deletion", "in-frame insertion", "in-frame delins"},
}


def _refuse_contradiction(variant: SmallVariant, words: frozenset[str]) -> None:
    for word in words:
        if word in _SAME and variant.consequence not in {*_SAME[word], "unknown"}:
            raise NotUnderstood(
                f"{variant.label} is {variant.consequence}, not {word}", "correct one of the two"
            )


def _both_copies(words: frozenset[str]) -> tuple[bool | None, frozenset[str]]:
    """Whether both copies are hit, where the words are about a mutation and not about copies."""
    copy_words = words & {"deletion", "copynumber", "amplification", "gain"}
    if copy_words or (words & {"homozygous", "heterozygous"} and "loss" in words):
        return None, words
    biallelic = True if words & {"biallelic", "homozygous"} else None
    return biallelic, words - {"biallelic", "homozygous", "heterozygous"}


def _at_residue(about: About) -> Alteration:
    """``BRAF V600 mutation``: any substitution of one residue."""
    if len(about.residues) > 1 or about.words - {"mutation", "missense", "activating"}:
        raise NotUnderstood("names residues and more", "give each change: 'BRAF V600E'")
    refuse_beyond(about.symbol, about.gene, int(about.residues[0][1:]))
    if about.said.present is False:
        return _denied(about, about.residues[0])
    standing = about.said.standing
    oncogenic = "activating" in about.words or (standing is not None and standing.drives)
    return Stated(
        gene=about.symbol,
        finding=StatedClass.ONCOGENIC if oncogenic else StatedClass.MUTATION,
        region=about.residues[0],
        origin=about.said.origin,
        vaf=about.said.vaf,
    )


def _denied(about: About, region: str) -> Stated:
    return Stated(
        gene=about.symbol,
        finding=StatedClass.MUTATION,
        present=False,
        region=region,
        origin=about.said.origin,
    )


def _is_skipping(about: About, kind: Kind) -> bool:
    """``METex14`` and ``MET exon 14 deletion``, where skipping of that exon is known."""
    exons = about.place.exons
    if exons is None or exons[0] != exons[1] or about.gene is None:
        return False
    known = any(
        isinstance(atom, EventIs) and atom.event is Event.SKIPPING and atom.first_exon == exons[0]
        for change in about.gene.changes
        for when in change.when
        for atom in atoms(when)
    )
    if known and kind is Kind.MUTATION:
        raise NotUnderstood(
            f"a mutation of {about.symbol} {about.place.text} may or may not skip the exon",
            f"write '{about.symbol} {about.place.text} skipping', or give the change",
        )
    return known and kind in {Kind.BARE, Kind.DELETION, Kind.SMALL_DELETION, Kind.LOSS, Kind.SPLICE}


def _event(about: About, kind: Kind) -> Alteration:
    exons = about.place.exons or (0, 0)
    event = {
        Kind.ITD: Event.ITD, Kind.PTD: Event.PTD, Kind.SPLICE_VARIANT: Event.SPLICE_VARIANT,
    }.get(kind, Event.SKIPPING)  # fmt: skip
    if event is Event.SKIPPING and (not exons[0] or exons[0] != exons[1]):
        raise NotUnderstood("which exon is skipped is not said", "write 'MET exon 14 skipping'")
    if event is not Event.SKIPPING:
        exons = (0, 0)
    if event is Event.SPLICE_VARIANT and not about.variant_name:
        raise NotUnderstood("which splice variant is not said", "write 'AR-V7'")
    if about.said.present is False:
        return Stated(
            gene=about.symbol,
            finding=StatedClass.EVENT,
            present=False,
            region=event_name(about.symbol, event, *exons, about.variant_name),
            origin=about.said.origin,
        )
    return GeneEvent(
        gene=about.symbol,
        event=event,
        first_exon=exons[0],
        last_exon=exons[1],
        name=about.variant_name,
        allelic_ratio=about.ratio,
        origin=about.said.origin,
        vaf=about.said.vaf,
    )
