"""Findings named by their class alone: ``KRAS mutation``, ``PTEN loss``, ``no ALK fusion``."""

from __future__ import annotations

from onkos.model import (
    Alteration,
    Consequence,
    CopyCall,
    CopyNumber,
    Event,
    Expression,
    Fusion,
    Gene,
    GeneEvent,
    Methylation,
    SmallVariant,
    Stated,
    StatedClass,
)
from onkos.model.alteration import event_name
from onkos.sources.patient.gene_copies import call_of_copies
from onkos.sources.patient.gene_place import Place, deleted_in_frame, exon_residues
from onkos.sources.patient.gene_words import Kind
from onkos.sources.patient.spellings import spellings
from onkos.sources.patient.statement import NotUnderstood, Said

_SMALL = {
    Kind.NONSENSE: Consequence.NONSENSE,
    Kind.MISSENSE: Consequence.MISSENSE,
    Kind.SPLICE: Consequence.SPLICE,
    Kind.SMALL_DELETION: Consequence.INFRAME_DELETION,
    Kind.INSERTION: Consequence.INFRAME_INSERTION,
    Kind.DELINS: Consequence.DELINS,
}
_STATED = {
    Kind.MUTATION: StatedClass.MUTATION,
    Kind.ONCOGENIC: StatedClass.ONCOGENIC,
    Kind.LOSS_OF_FUNCTION: StatedClass.LOSS_OF_FUNCTION,
    Kind.FRAMESHIFT: StatedClass.FRAMESHIFT,
    Kind.REVERSION: StatedClass.REVERSION,
    Kind.LOSS: StatedClass.LOSS,
    Kind.DELETION: StatedClass.DELETION,
}
COPY_CALLS = {
    Kind.NEUTRAL: CopyCall.NEUTRAL,
    Kind.AMPLIFICATION: CopyCall.AMPLIFICATION,
    Kind.GAIN: CopyCall.GAIN,
    Kind.HETEROZYGOUS_LOSS: CopyCall.LOSS,
    Kind.HOMOZYGOUS_DELETION: CopyCall.DELETION,
}
_EXPRESSION = {
    Kind.PROTEIN_LOSS: ("protein", "loss"),
    Kind.PROTEIN_NORMAL: ("protein", "normal"),
    Kind.OVEREXPRESSION: ("protein", "overexpression"),
    Kind.RNA_LOSS: ("RNA", "loss"),
    Kind.RNA_OVEREXPRESSION: ("RNA", "overexpression"),
}
_DENIED = {
    Kind.AMPLIFICATION: StatedClass.AMPLIFICATION,
    Kind.DELETION: StatedClass.DELETION,
    Kind.HOMOZYGOUS_DELETION: StatedClass.DELETION,
    Kind.LOSS: StatedClass.LOSS,
    Kind.FUSION: StatedClass.FUSION,
    Kind.LOSS_OF_FUNCTION: StatedClass.LOSS_OF_FUNCTION,
    Kind.REVERSION: StatedClass.REVERSION,
}
# Words of the criteria language for classes that a laboratory denies at a place.
_WORDS = {
    Kind.SMALL_DELETION: "deletion",
    Kind.IN_FRAME: "in-frame mutation",
    Kind.TRUNCATING: "truncating mutation",
    Kind.SPLICE: "splice mutation",
}


def bare(symbol: str, said: Said) -> list[Alteration]:
    """``EGFR wild type``, ``ALK negative``; what else is said of a gene alone is refused."""
    if said.wild_type:
        return [_stated(symbol, StatedClass.MUTATION, said, present=False)]
    if said.present is None:
        raise NotUnderstood(
            f"names {symbol} and no change of it",
            f"say which: '{symbol} mutation', '{symbol} amplification', '{symbol} wild type'",
        )
    tables = spellings()
    meant = (tables.positive if said.present else tables.negative).get(symbol)
    if meant is None:
        word = "positive" if said.present else "negative"
        raise NotUnderstood(
            f"{symbol} {word}: it is not said for what",
            f"write '{symbol} mutation', '{symbol} fusion', '{symbol} amplification', "
            f"'{symbol} protein loss', or 'no' before one of these",
        )
    if meant is StatedClass.FUSION and said.present:
        return [_rearranged(symbol, said)]
    return [_stated(symbol, meant, said, present=said.present)]


def _stated(
    symbol: str,
    finding: StatedClass,
    said: Said,
    *,
    present: bool = True,
    region: str = "",
    biallelic: bool | None = None,
) -> Stated:
    vaf = said.vaf if present else None
    return Stated(
        gene=symbol, finding=finding, present=present, region=region, origin=said.origin,
        vaf=vaf, biallelic=biallelic,
    )  # fmt: skip


def _rearranged(symbol: str, said: Said) -> Fusion:
    """A fusion of which one partner is known, and not at which end."""
    return Fusion(three=symbol, ordered=False, origin=said.origin, vaf=said.vaf)


def class_finding(
    symbol: str, gene: Gene | None, kind: Kind, place: Place, said: Said, biallelic: bool | None
) -> list[Alteration]:
    """The finding of a class, present or absent.

    Raises
    ------
    NotUnderstood
        Where the class means two things, or its absence cannot be said.
    """
    if said.copies is not None:
        kind = call_of_copies(symbol, gene, kind, said.copies)
    kind = _by_standing(kind, said, place)
    _refuse_place(kind, place)
    if said.present is False:
        return [_absent(symbol, kind, place, said)]
    return [_present(symbol, gene, kind, place, said, biallelic)]


def _by_standing(kind: Kind, said: Said, place: Place) -> Kind:
    if said.standing is None or kind not in {Kind.BARE, Kind.MUTATION}:
        return kind
    if kind is Kind.BARE and place.text:
        raise NotUnderstood("names a place and no finding there", "say which change it is")
    return Kind.ONCOGENIC if said.standing.drives else Kind.MUTATION


def _refuse_place(kind: Kind, place: Place) -> None:
    allowed = {Kind.METHYLATION, Kind.MUTATION, Kind.ONCOGENIC, Kind.BARE}
    if place.promoter and kind not in allowed:
        raise NotUnderstood(f"{kind} of a promoter", "write 'promoter mutation'")


def _absent(symbol: str, kind: Kind, place: Place, said: Said) -> Alteration:
    if kind in {Kind.PROTEIN_LOSS, Kind.PROTEIN}:
        level = "normal" if kind is Kind.PROTEIN_LOSS else "loss"
        return Expression(gene=symbol, level=level)
    if kind is Kind.METHYLATION:
        return Methylation(gene=symbol, methylated=False)
    if kind in _DENIED and not place.text:
        return _stated(symbol, _DENIED[kind], said, present=False)
    if said.standing is not None and not said.standing.drives:
        raise NotUnderstood("denies a change that does not matter", "leave it out")
    if kind in {Kind.BARE, Kind.MUTATION}:
        return _stated(symbol, StatedClass.MUTATION, said, present=False, region=place.text)
    if kind is Kind.ONCOGENIC:
        return _stated(symbol, StatedClass.ONCOGENIC, said, present=False, region=place.text)
    if kind is Kind.FRAMESHIFT and not place.text:
        return _stated(symbol, StatedClass.FRAMESHIFT, said, present=False)
    if place.text and kind in {*_SMALL, *_WORDS, Kind.DELETION, Kind.FRAMESHIFT}:
        region = f"{place.text} {_WORDS.get(kind, kind)}"
        return _stated(symbol, StatedClass.MUTATION, said, present=False, region=region)
    raise NotUnderstood(
        f"the absence of {kind} says little",
        f"write '{symbol} wild type', or deny the mutation, fusion, amplification or deletion",
    )


def _present(
    symbol: str, gene: Gene | None, kind: Kind, place: Place, said: Said, biallelic: bool | None
) -> Alteration:
    if place.text and not place.exons and kind is Kind.DELETION:
        return _placed(symbol, gene, Consequence.INFRAME_DELETION, place, said, biallelic)
    if place.exons and kind in {Kind.DELETION, Kind.LOSS, Kind.HOMOZYGOUS_DELETION}:
        return _exons_deleted(symbol, gene, kind, place.exons, said)
    if kind is Kind.MUTATION and place.promoter:
        return _placed(symbol, gene, Consequence.PROMOTER, place, said, biallelic)
    if kind is Kind.MUTATION and said.standing is not None:
        return _placed(symbol, gene, Consequence.UNKNOWN, place, said, biallelic)
    if kind in COPY_CALLS and not place.text:
        return CopyNumber(
            gene=symbol, call=COPY_CALLS[kind], copies=said.copies, origin=said.origin,
            oncogenicity=said.standing if said.standing and said.standing.drives else None,
        )  # fmt: skip
    if kind in _STATED and not (kind is Kind.LOSS and place.text):
        return _stated(
            symbol, _STATED[kind], said, region="" if place.promoter else place.text,
            biallelic=biallelic,
        )  # fmt: skip
    if kind in _EXPRESSION and not place.text:
        analyte, level = _EXPRESSION[kind]
        return Expression(gene=symbol, analyte=analyte, level=level)
    if kind is Kind.METHYLATION and place.text in {"", "promoter"}:
        return Methylation(gene=symbol, methylated=True)
    if kind is Kind.FUSION and not place.text:
        return _rearranged(symbol, said)
    if kind is Kind.TRUNCATING:
        suppressor = gene is not None and gene.role == "tumour suppressor"
        finding = StatedClass.LOSS_OF_FUNCTION if suppressor else StatedClass.MUTATION
        return _stated(symbol, finding, said, region=place.text, biallelic=biallelic)
    if kind in _SMALL:
        return _small(symbol, gene, kind, place, said, biallelic)
    raise _unclear(symbol, kind, place)


def _unclear(symbol: str, kind: Kind, place: Place) -> NotUnderstood:
    where = f"{symbol} {place.text}".strip()
    if kind is Kind.IN_FRAME:
        return NotUnderstood(
            "whether residues are lost or gained is not said",
            f"write '{where} deletion' or '{where} insertion', or give the change",
        )
    if kind is Kind.PROTEIN:
        return NotUnderstood(
            f"the protein of {symbol}: lost or overexpressed is not said",
            f"write '{symbol} protein loss' or '{symbol} protein overexpression'",
        )
    if kind is Kind.BARE:
        return NotUnderstood(f"names {where} and no change there", f"write '{where} mutation'")
    return NotUnderstood(f"{kind} of {where} was not understood", "give the change")


def _small(
    symbol: str, gene: Gene | None, kind: Kind, place: Place, said: Said, biallelic: bool | None
) -> SmallVariant:
    if kind is Kind.INSERTION and not place.text:
        raise NotUnderstood(
            "an insertion without its place", f"write '{symbol} exon 20 insertion', or the change"
        )
    if kind is Kind.INSERTION and gene is not None and gene.suppressor:
        raise NotUnderstood(
            "a small insertion, or the whole exon twice, is not said", "give the change itself"
        )
    return _placed(symbol, gene, _SMALL[kind], place, said, biallelic)


def _exons_deleted(
    symbol: str, gene: Gene | None, kind: Kind, exons: tuple[int, int], said: Said
) -> Alteration:
    """One exon of an oncogene: a small deletion in frame; else whole exons lost."""
    suppressor = gene is not None and gene.suppressor
    if exons[0] == exons[1] and kind is Kind.DELETION and not suppressor:
        if not deleted_in_frame(gene, exons[0]):
            raise NotUnderstood(
                f"a deletion in {symbol} exon {exons[0]}, or of the whole exon, is not said",
                f"write '{symbol} exon {exons[0]} in-frame deletion' or '... lost'",
            )
        place = Place(f"exon {exons[0]}", exons)
        return _placed(symbol, gene, Consequence.INFRAME_DELETION, place, said, None)
    if exons[0] == exons[1]:
        name = event_name(symbol, Event.EXONS_LOST, *exons)
        said.notices.append(f"read as {name}: the whole exon, not a small deletion")
    return GeneEvent(
        gene=symbol, event=Event.EXONS_LOST, first_exon=exons[0], last_exon=exons[1],
        origin=said.origin, vaf=said.vaf,
    )  # fmt: skip


def _placed(
    symbol: str,
    gene: Gene | None,
    consequence: Consequence,
    place: Place,
    said: Said,
    biallelic: bool | None,
) -> SmallVariant:
    """A small variant of which the class and the place are known, and not the change."""
    first, last = exon_residues(gene, place.exons)
    if len(place.codons) == 1:
        first, last = place.codons[0]
    if gene and place.text in gene.domains:
        first, last = gene.domains[place.text]
    return SmallVariant(
        gene=symbol,
        consequence=consequence,
        first=first,
        last=last,
        exon=str(place.exons[0]) if place.exons and place.exons[0] == place.exons[1] else "",
        origin=said.origin,
        vaf=said.vaf,
        biallelic=biallelic,
        oncogenicity=said.standing,
        oncogenicity_reason="as stated in the report" if said.standing else "",
    )
