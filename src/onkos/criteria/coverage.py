"""Whether a negative counts: what the tests of a case could have seen.

A positive always settles. A negative settles where some assay covered the place, the
sample held enough tumour, and the question was one that the material can answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from onkos.criteria.view import CaseView
from onkos.model import (
    EVERYTHING,
    Assay,
    CopyNumber,
    Gene,
    Origin,
    Question,
    Sample,
    SmallVariant,
    Stated,
    StatedClass,
)
from onkos.model.junction import NO_GENE_TOLD, ONE_OF_TABLE, OUTSIDE_TABLE

Span = tuple[int, int]
WHOLE_GENE: tuple[Span, ...] = ()


@lru_cache(maxsize=4096)
def ask(kind: str, subject: str, text: str) -> Question:
    """A question; equal ones are one object."""
    return Question(kind=kind, subject=subject, text=text)


def _lists(words: tuple[str, ...], gene: str) -> bool:
    return gene in words or EVERYTHING in words


def counts(view: CaseView, sample: Sample, assay: Assay) -> str:
    """Why negatives of this sample do not count; empty where they do."""
    if sample.material == "plasma" or (not sample.material and assay.material == ("plasma",)):
        least = view.vocabulary.limits.get("plasma_tumour_fraction", 0.0)
        if sample.tumour_fraction is None:
            return f"plasma of unknown tumour fraction ({assay.name})"
        if sample.tumour_fraction < least:
            return f"plasma with a tumour fraction under {least:.0%} ({assay.name})"
        return ""
    least_purity = assay.minimum_purity or 2 * (assay.limit_of_detection or 0.0)
    if sample.purity is not None and sample.purity < least_purity:
        return f"tumour content {sample.purity:.0%} is under what {assay.name} needs"
    return ""


def _covered_spans(assay: Assay, gene: Gene | None, symbol: str) -> tuple[Span, ...] | None:
    """Residues that an assay covers of a gene in part; None where it does not at all."""
    regions = assay.regions.get(symbol)
    if regions is None:
        return None
    spans = [span for text in regions for span in region_spans(text, gene)]
    return tuple(spans)


def region_spans(text: str, gene: Gene | None) -> tuple[Span, ...]:
    """Residues of ``"exon 2"``, ``"exons 18-21"``, ``"codons 12, 13"``, ``"V600"``, a domain."""
    word, _, rest = text.partition(" ")
    if word in {"exon", "exons"} and gene:
        first, _, last = rest.partition("-")
        numbers = range(int(first), int(last or first) + 1) if first.isdigit() else ()
        return tuple(gene.exons[str(n)] for n in numbers if str(n) in gene.exons)
    if word in {"codon", "codons"}:
        pairs = (part.strip().partition("-") for part in rest.split(","))
        return tuple((int(a), int(b or a)) for a, _, b in pairs if a.isdigit())
    if gene and text in gene.domains:
        return (gene.domains[text],)
    digits = "".join(ch for ch in text if ch.isdigit())
    return ((int(digits), int(digits)),) if digits and text[0].isalpha() and " " not in text else ()


def _inside(wanted: Iterable[Span], covered: Iterable[Span]) -> bool:
    """Whether every residue wanted is covered; adjoining spans count as one."""
    merged: list[list[int]] = []
    for first, last in sorted(covered):
        if merged and first <= merged[-1][1] + 1:
            merged[-1][1] = max(merged[-1][1], last)
        else:
            merged.append([first, last])
    return all(any(a <= first and last <= b for a, b in merged) for first, last in wanted)


def small_variant_gap(
    view: CaseView, symbol: str, spans: tuple[Span, ...], origin: Origin | None, asked: str = ""
) -> str:
    """Why an absent small variant is not settled; empty where it is.

    Parameters
    ----------
    spans : tuple of pairs
        Residues asked for; empty for the whole gene.
    asked : str
        The very words asked for (``"V600E"``, ``"exon 19 deletion"``), which a laboratory may
        have denied, or an assay cover, by name.
    """
    gene = view.vocabulary.gene(symbol)
    if _denied(view, symbol, gene, spans, asked, origin):
        return ""
    reasons: list[str] = []
    for sample, assay in view.assays:
        part = _covered_spans(assay, gene, symbol)
        whole = _lists(assay.small_variants, symbol) or asked in _exact(assay, symbol)
        if not whole and (part is None or not spans or not _inside(spans, part)):
            continue
        why = counts(view, sample, assay)
        if not why and origin is Origin.GERMLINE and not assay.germline:
            why = f"{assay.name} does not settle germline"
        if not why and origin is not Origin.GERMLINE and _normal_only(assay):
            why = f"{assay.name} reads normal tissue, not the tumour"
        why = why or _not_read(view, sample, symbol) or view.case.open_genes.get(symbol, "")
        if not why:
            return ""
        reasons.append(why)
    return reasons[0] if reasons else _not_tested(view, symbol)


def _normal_only(assay: Assay) -> bool:
    """A test for inherited changes: what it does not find, the tumour may have."""
    return assay.germline and not assay.paired_normal and assay.material == ("blood",)


def _not_read(view: CaseView, sample: Sample, symbol: str) -> str:
    """Why the changes that were looked for may not all be before us."""
    if view.case.calls:
        return "raw calls were not annotated, and it may be among them"
    return _doubt(sample, "small_variants", symbol)


def _doubt(sample: Sample, field: str, symbol: str) -> str:
    """Why a class of alterations of a gene was not seen to the end; empty where it was."""
    genes = {"", symbol}
    return next((d.reason for d in sample.doubts if d.about == field and d.gene in genes), "")


def _exact(assay: Assay, symbol: str) -> set[str]:
    """Single changes and classes that an assay covers and nothing around them."""
    return {text.removesuffix(" only") for text in assay.regions.get(symbol, ())}


def _not_tested(view: CaseView, symbol: str) -> str:
    if not view.assays:
        return f"{symbol}: no assay given"
    assays = {assay.name: assay for _, assay in view.assays}
    partly = [f"at {_places(a, symbol)} only by {name}" for name, a in assays.items()
              if symbol in a.regions]  # fmt: skip
    if partly:
        return f"{symbol} is covered {'; '.join(partly)}"
    return f"{symbol} is not covered by {', '.join(assays)}"


def _places(assay: Assay, symbol: str) -> str:
    return ", ".join(text.removesuffix(" only") for text in assay.regions[symbol])


def _denied(
    view: CaseView,
    symbol: str,
    gene: Gene | None,
    spans: tuple[Span, ...],
    change: str,
    origin: Origin | None,
) -> bool:
    """Whether a laboratory stated that there is no such mutation."""
    for stated in view.by_gene.get(symbol, ()):
        if not isinstance(stated, Stated) or stated.present:
            continue
        if stated.finding not in {StatedClass.MUTATION, StatedClass.ONCOGENIC}:
            continue
        if origin is Origin.GERMLINE and stated.origin is not Origin.GERMLINE:
            continue
        if stated.origin is Origin.GERMLINE and origin is not Origin.GERMLINE:
            continue
        if stated.region and stated.region == change:
            return True
        if _denial_reaches(view, stated, gene, symbol, spans):
            return True
    return False


def denied(view: CaseView, symbol: str, origin: Origin | None) -> bool:
    """Whether a laboratory stated that the whole gene carries no mutation."""
    return _denied(view, symbol, view.vocabulary.gene(symbol), WHOLE_GENE, "", origin)


def _denial_reaches(
    view: CaseView, stated: Stated, gene: Gene | None, symbol: str, spans: tuple[Span, ...]
) -> bool:
    if stated.region:
        is_change = stated.region[0].isupper() and stated.region[-1:].isalpha()
        covered = () if is_change else region_spans(stated.region, gene)
        return bool(spans) and bool(covered) and _inside(spans, covered)
    partial = [
        _covered_spans(assay, gene, symbol)
        for _, assay in view.assays
        if not _lists(assay.small_variants, symbol)
    ]
    partial = [part for part in partial if part is not None]
    if not partial or any(_lists(a.small_variants, symbol) for _, a in view.assays):
        return True
    return bool(spans) and any(_inside(spans, part or ()) for part in partial)


def class_gap(
    view: CaseView,
    symbol: str,
    field: str,
    finding: StatedClass,
    label: str = "",
    origin: Origin | None = None,
    small: bool = False,
) -> str:
    """Why an absent copy number, fusion, event or protein finding is not settled.

    Parameters
    ----------
    field : str
        Field of ``Assay``: ``"copy_number"``, ``"fusions"``, ``"events"``, ``"proteins"``...
    finding : StatedClass
        What a laboratory would have denied.
    label : str
        Name of an event, which stands in ``Assay.events``.
    origin : Origin or None
        Where an inherited one is asked for, a test of normal tissue counts.
    small : bool
        Whether it may be a small variant too, so that these must have been looked for.
    """
    for stated in view.by_gene.get(symbol, ()):
        if not isinstance(stated, Stated) or stated.present or stated.finding is not finding:
            continue
        if finding is not StatedClass.EVENT or stated.region == label:
            return ""
    reasons: list[str] = []
    for sample, assay in view.assays:
        if _lists(getattr(assay, field), label or symbol):
            why = (
                counts(view, sample, assay)
                or _doubt(sample, field, symbol)
                or (_not_read(view, sample, symbol) if small else "")
                or _unplaced(view, field, symbol)
            )
            if not why and origin is not Origin.GERMLINE and _normal_only(assay):
                why = f"{assay.name} reads normal tissue, not the tumour"
            if not why:
                return ""
            reasons.append(why)
    return reasons[0] if reasons else _not_tested(view, label or symbol)


def _unplaced(view: CaseView, field: str, symbol: str) -> str:
    """Why segments, or structural variants, do not tell of a gene; empty where they do."""
    if field == "copy_number":
        return _copies_not_told(view, symbol)
    return _junctions_not_placed(view, symbol) if field in {"fusions", "events"} else ""


def _junctions_not_placed(view: CaseView, symbol: str) -> str:
    """Structural variants that were not put on genes, or on those of the built-in table only."""
    if symbol in view.case.open_structures:
        return view.case.open_structures[symbol]
    told = view.case.filtered
    number = told.get(NO_GENE_TOLD, 0)
    if number:
        return f"{number} structural variants were not put on genes, and it may be among them"
    place = view.vocabulary.place_by_gene.get(symbol)
    if not (told.get(OUTSIDE_TABLE) or told.get(ONE_OF_TABLE)) or (place and place.whole):
        return ""
    why = "only a part" if place else "no place"
    return f"structural variants were put on genes by the built-in table, which has {why} of it"


def _copies_not_told(view: CaseView, symbol: str) -> str:
    """Segments that no copies of the gene were read from or worked out of."""
    case = view.case
    if not case.segments or any(isinstance(a, CopyNumber) for a in view.by_gene.get(symbol, ())):
        return ""
    called = (a for a in case.alterations if isinstance(a, CopyNumber))
    mixed = any(segment.rounded for segment in case.segments)
    if not case.copied and not mixed and any(not a.basis for a in called):
        return ""  # the caller's own calls of genes, of which it lists those that changed
    return f"the copies of {symbol} were not worked out of the segments"


def white_cell_doubt(view: CaseView, variant: SmallVariant) -> bool:
    """Whether a plasma variant may come from clonal haematopoiesis."""
    gene = view.vocabulary.gene(variant.gene)
    sample = view.samples.get(variant.sample)
    if not gene or not gene.clonal_haematopoiesis or sample is None:
        return False
    if variant.origin is not Origin.UNKNOWN or (sample.assay and sample.assay.paired_normal):
        return False
    solid = view.vocabulary.tree.solid(view.case.disease)
    return sample.material == "plasma" and solid is not False
