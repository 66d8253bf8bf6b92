"""Features of the Molecular Oncology Almanac to criteria no broader than they are."""

from __future__ import annotations

from typing import Any

from onkos.criteria import parse
from onkos.errors import CriterionError
from onkos.model import CopyCall, Criterion, Origin
from onkos.model import criterion as c
from onkos.sources.knowledge.adapters.civic_profile import ProfileReader
from onkos.sources.knowledge.adapters.profile_change import change_of
from onkos.sources.patient.tables import Rejected

Feature = dict[str, Any]
_CLASSES = {
    "missense": "missense",
    "nonsense": "nonsense",
    "frameshift": "frameshift",
    "splice site": "splice mutation",
    "insertion": "insertion",
    "deletion": "deletion",
    "activating mutation": "oncogenic mutation",
}
_CALLS = {"amplification": CopyCall.AMPLIFICATION, "deletion": CopyCall.DELETION}
_NO_WORD = {
    "knockdown": "a gene that was silenced in cells is no change of a tumour",
}


class FeatureReader:
    """Reads features.

    Parameters
    ----------
    profiles : ProfileReader
        For symbols of today, exons and proteins.
    share : float
        Of a tumour's changes, in [0, 1], from which the source takes a signature to be present.
    """

    def __init__(self, profiles: ProfileReader, share: float) -> None:
        self.profiles, self.share = profiles, share

    def read(self, feature: Feature) -> Criterion:
        """The criterion of a feature.

        Raises
        ------
        Rejected
            Where the language cannot say it without being broader.
        """
        kind = _text(feature, "feature_type")
        if kind in {"somatic_variant", "germline_variant"}:
            return self._variant(feature, Origin.GERMLINE if kind[0] == "g" else None)
        if kind == "copy_number":
            call = _CALLS.get(_text(feature, "direction").casefold())
            if call is None:
                raise Rejected("feature", "neither an amplification nor a deletion")
            return c.CopyNumberIs(genes=(self._gene(feature, "gene"),), call=call)
        if kind == "rearrangement":
            return self._rearranged(feature)
        if kind == "microsatellite_stability" and _text(feature, "status") == "MSI-High":
            return parse("MSI-H", self.profiles.vocabulary)
        if kind == "aneuploidy" and _text(feature, "event") == "Whole genome doubling":
            return parse("WGD present", self.profiles.vocabulary)
        if kind == "mutational_burden":
            return self._burden(feature)
        if kind == "mutational_signature":
            return self._signature(feature)
        raise Rejected("feature", _NO_WORD.get(kind, f"{kind or 'nothing'} is no kind of feature"))

    def _gene(self, feature: Feature, name: str) -> str:
        return self.profiles.symbol(_text(feature, name))

    def _variant(self, feature: Feature, origin: Origin | None) -> Criterion:
        gene = self._gene(feature, "gene")
        protein = _text(feature, "protein_change")
        coding = _text(feature, "cdna_change")
        if protein:
            change = change_of(protein.removeprefix("p."), coding=bool(coding))
            return c.Mutation(genes=(gene,), change=change, origin=origin)
        if coding:
            raise Rejected("feature", "the language names changes by the protein, not by bases")
        word = _text(feature, "variant_annotation").casefold()
        what = _CLASSES.get(word) if word else ""
        if what is None:
            raise Rejected("feature", f"{word} is no class of mutation that is known")
        exon = _text(feature, "exon")
        return self._in_exon(gene, exon, what, origin) if exon else _whole(gene, what, origin)

    def _in_exon(self, gene: str, exon: str, what: str, origin: Origin | None) -> Criterion:
        """The profile's words know which exons are counted in two ways, or lost as a whole."""
        known = self.profiles.vocabulary.gene(gene)
        word = {"deletion": "Deletion", "insertion": "Insertion"}.get(what, "Mutation")
        rule = self.profiles.read(f"{gene} Exon {exon} {word}", origin is not None)
        if what in {"", "deletion", "insertion"}:
            return rule
        if known is None or not exon.isdigit():
            raise Rejected("feature", f"the vocabulary does not know exon {exon} of {gene}")
        span = (int(exon), int(exon))
        return c.Mutation(genes=(gene,), what=what, exons=span, origin=origin)

    def _rearranged(self, feature: Feature) -> Criterion:
        first, second = self._gene(feature, "gene1"), _text(feature, "gene2")
        kind = _text(feature, "rearrangement_type")
        if second and kind in {"", "Fusion"}:
            return c.FusionIs(five=first, three=self.profiles.symbol(second))
        if not second and kind in {"", "Fusion"}:
            return c.FusionIs(genes=(first,), rearrangement=not kind)
        locus = _text(feature, "locus")
        if kind != "Translocation" or not locus:
            raise Rejected("feature", "narrower than any rearrangement of the gene")
        try:
            found = parse(locus.partition(")(")[0].rstrip(")") + ")", self.profiles.vocabulary)
        except CriterionError:
            raise Rejected("feature", f"{locus} is no translocation of the language") from None
        return c.And(of=(found, c.FusionIs(genes=(first,), rearrangement=True)))

    def _signature(self, feature: Feature) -> Criterion:
        name = _text(feature, "cosmic_signature")
        try:
            return parse(f"{name} >= {self.share:g}", self.profiles.vocabulary)
        except CriterionError:
            said = f"{name or 'nothing'} is no signature that the language measures"
            raise Rejected("feature", said) from None

    def _burden(self, feature: Feature) -> Criterion:
        rate = _text(feature, "mutations_per_mb")
        if _text(feature, "minimum_mutations"):
            raise Rejected("feature", "a number of mutations without the bases that were read")
        rule = f"TMB >= {float(rate):g}" if rate else "TMB high"
        return parse(rule, self.profiles.vocabulary)


def _whole(gene: str, what: str, origin: Origin | None) -> Criterion:
    """Anywhere in the gene. A passenger is not what was studied: one that drives is asked for."""
    driving = c.Mutation(genes=(gene,), what="oncogenic mutation", origin=origin)
    if what in {"", "oncogenic mutation"}:
        return driving
    own = c.Mutation(genes=(gene,), what=what, origin=origin)
    return c.And(of=(own, driving)) if what in {"missense", "deletion", "insertion"} else own


def _text(feature: Feature, name: str) -> str:
    value = feature.get(name)
    return "" if value is None else str(value).strip()
