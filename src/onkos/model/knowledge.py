"""Everything known to the world, frozen, with the ways to look things up."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import msgspec

from onkos.errors import VocabularyError
from onkos.model.archive import Archive
from onkos.model.biomarker import BiomarkerRules
from onkos.model.case import Assay
from onkos.model.chromosome import Chromosome
from onkos.model.claim import Claim
from onkos.model.diagnostic import Diagnostic, Panel
from onkos.model.diseases import DiseaseTree
from onkos.model.investigational import Investigational
from onkos.model.names import name_key, nearest
from onkos.model.noun import Noun
from onkos.model.oncogenicity import OncogenicityFacts
from onkos.model.pharmacogene import Pharmacogene
from onkos.model.place import GenePlace
from onkos.model.placed import PlacedChange, PlacedChanges
from onkos.model.profile import ExpressionCohort
from onkos.model.risk import Scheme
from onkos.model.signature import SignatureCatalogue
from onkos.model.source import Source
from onkos.model.unread import Unread
from onkos.model.vocabulary import (
    AmbiguousName,
    Defining,
    Disease,
    DiseaseGroup,
    Drug,
    Gene,
    GeneGroup,
    Karyotype,
    Measure,
    Regimen,
    Setting,
    Test,
)

EMPTY = msgspec.Raw(msgspec.msgpack.encode(()))


class Snapshot(Noun, frozen=True, kw_only=True):
    """Names one version of one source. Never "latest".

    Attributes
    ----------
    claims, unread : int
        Of a source beside the built-in one: claims read, and rows that were not understood.
    """

    source: str
    version: str
    licence: str
    sha256: str
    read_on: str = ""
    claims: int = 0
    unread: int = 0


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True, dict=True, omit_defaults=True):
    """The words: what the language, the intake and the matching all share.

    Attributes
    ----------
    limits_unverified : dict of str to str
        Limits for which no source was found, each with where it comes from.
    """

    genes: tuple[Gene, ...] = ()
    groups: tuple[GeneGroup, ...] = ()
    drugs: tuple[Drug, ...] = ()
    regimens: tuple[Regimen, ...] = ()
    diseases: tuple[Disease, ...] = ()
    disease_groups: tuple[DiseaseGroup, ...] = ()
    ambiguous: tuple[AmbiguousName, ...] = ()
    defining: tuple[Defining, ...] = ()
    measures: tuple[Measure, ...] = ()
    settings: tuple[Setting, ...] = ()
    karyotypes: tuple[Karyotype, ...] = ()
    pharmacogenes: tuple[Pharmacogene, ...] = ()
    chromosomes: tuple[Chromosome, ...] = ()
    places: tuple[GenePlace, ...] = ()
    limits: dict[str, float] = {}
    limits_unverified: dict[str, str] = {}
    facts: dict[str, tuple[str, ...]] = {}
    oncogenicity: OncogenicityFacts = OncogenicityFacts()

    @cached_property
    def gene_by_symbol(self) -> dict[str, Gene]:
        """Genes by approved symbol."""
        return {gene.symbol: gene for gene in self.genes}

    @cached_property
    def chromosome(self) -> dict[tuple[str, str], Chromosome]:
        """Chromosomes by assembly and name."""
        return {(one.assembly, one.name): one for one in self.chromosomes}

    def unverified(self, *limits: str) -> str:
        """What to say beside a result that any of these limits decided; empty where all have one.

        >>> Vocabulary(limits_unverified={"least": "practice"}).unverified("least", "most")
        'the cut-off is not verified in a source (practice)'
        """
        found = (self.limits_unverified[name] for name in limits if name in self.limits_unverified)
        why = next(found, "")
        return f"the cut-off is not verified in a source ({why})" if why else ""

    @cached_property
    def place_by_gene(self) -> dict[str, GenePlace]:
        """Where genes lie, by approved symbol."""
        return {place.symbol: place for place in self.places}

    @cached_property
    def complications(self) -> frozenset[str]:
        """Settings that would be stated if they held."""
        return frozenset(s.name for s in self.settings if s.complication)

    @cached_property
    def symbol_by_name(self) -> dict[str, str]:
        """Approved symbol by symbol, alias and former name, upper-case; symbols win."""
        table: dict[str, str] = {}
        for gene in self.genes:
            for alias in (*gene.aliases, *gene.former):
                table.setdefault(alias.upper(), gene.symbol)
        table.update({gene.symbol.upper(): gene.symbol for gene in self.genes})
        return table

    @cached_property
    def group_by_name(self) -> dict[str, GeneGroup]:
        """Groups by upper-case name and alias."""
        return {
            name.upper(): group for group in self.groups for name in (group.name, *group.aliases)
        }

    @cached_property
    def drug_by_name(self) -> dict[str, Drug]:
        """Drugs by every name, without case, hyphens and spaces."""
        table: dict[str, Drug] = {}
        for drug in self.drugs:
            for name in (*drug.synonyms, *drug.codes, *drug.brands):
                table.setdefault(name_key(name), drug)
        table.update({name_key(drug.name): drug for drug in self.drugs})
        return table

    @cached_property
    def drug_by_inn(self) -> dict[str, Drug]:
        """Drugs by lower-case INN as the vocabulary writes it."""
        return {drug.name: drug for drug in self.drugs}

    @cached_property
    def regimen_by_name(self) -> dict[str, Regimen]:
        """Named regimens by name and alias."""
        return {
            name_key(name): regimen
            for regimen in self.regimens
            for name in (regimen.name, *regimen.aliases)
        }

    @cached_property
    def drug_classes(self) -> dict[str, str]:
        """Classes of drugs as written, by key."""
        return {name_key(word): word for drug in self.drugs for word in drug.drug_class}

    @cached_property
    def measure_by_name(self) -> dict[str, Measure]:
        """Measures by key of name and alias."""
        return {
            name_key(name): measure
            for measure in self.measures
            for name in (measure.name, *measure.aliases)
        }

    @cached_property
    def measure_of(self) -> dict[str, Measure]:
        """Measures by their own names."""
        return {measure.name: measure for measure in self.measures}

    @cached_property
    def setting_by_name(self) -> dict[str, Setting]:
        """Settings by key of name and alias."""
        return {
            name_key(name): setting
            for setting in self.settings
            for name in (setting.name, *setting.aliases)
        }

    @cached_property
    def karyotype_by_name(self) -> dict[str, Karyotype]:
        """Cytogenetic words by lower-case name and alias, without spaces."""
        return {
            name.casefold().replace(" ", ""): word
            for word in self.karyotypes
            for name in (word.name, *word.aliases)
        }

    @cached_property
    def pharmacogene_by_symbol(self) -> dict[str, Pharmacogene]:
        """Genes that handle drugs, by symbol."""
        return {gene.symbol: gene for gene in self.pharmacogenes}

    @cached_property
    def tree(self) -> DiseaseTree:
        """The diseases as a tree."""
        return DiseaseTree(self.diseases, self.disease_groups, self.ambiguous)

    def gene(self, symbol: str) -> Gene | None:
        """The gene of an approved symbol, or None."""
        return self.gene_by_symbol.get(symbol)

    def drug(self, name: str) -> Drug:
        """The drug that any of its names means.

        Raises
        ------
        VocabularyError
            With the nearest names.
        """
        found = self.drug_by_name.get(name_key(name))
        if found is None:
            raise VocabularyError("drug", name, nearest(name, self._drug_names))
        return found

    @cached_property
    def _drug_names(self) -> tuple[str, ...]:
        return tuple(name for d in self.drugs for name in (d.name, *d.brands))

    def therapy(self, text: str) -> tuple[str, ...]:
        """The INNs of a regimen written ``"a + b"`` or by its name.

        Raises
        ------
        VocabularyError
            Where a drug is not known.
        """
        whole = self.regimen_by_name.get(name_key(text))
        if whole:
            return whole.drugs
        drugs: list[str] = []
        for part in text.split(" + ") if " + " in text else text.split("+"):
            regimen = self.regimen_by_name.get(name_key(part))
            drugs += regimen.drugs if regimen else [self.drug(part.strip()).name]
        return tuple(dict.fromkeys(drugs))


class Knowledge(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Everything known to the world.

    Attributes
    ----------
    others : tuple of Claim
        Of sources beside the built-in one: compared with it, and never ranked.
    catalogues : tuple of SignatureCatalogue
        Read from files of the user's; none is built in.
    packed_changes : msgspec.Raw
        The built-in table of known changes, unpacked where it is first asked for.
    added_changes : tuple of PlacedChange
        Known changes of the user's own.
    archives : tuple of Archive
        Classified alleles of others, looked up one by one: shown, and never ranked.
    sources : tuple of Source
        Knowledge of others that can be added.
    """

    vocabulary: Vocabulary
    claims: tuple[Claim, ...] = ()
    others: tuple[Claim, ...] = ()
    assays: tuple[Assay, ...] = ()
    tests: tuple[Test, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    panels: tuple[Panel, ...] = ()
    investigational: tuple[Investigational, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    biomarkers: BiomarkerRules = BiomarkerRules()
    catalogues: tuple[SignatureCatalogue, ...] = ()
    packed_changes: msgspec.Raw = EMPTY
    added_changes: tuple[PlacedChange, ...] = ()
    expression_cohorts: tuple[ExpressionCohort, ...] = ()
    scales: dict[str, float] = {}
    unread: tuple[Unread, ...] = ()
    archives: tuple[Archive, ...] = ()
    sources: tuple[Source, ...] = ()
    pins: tuple[Snapshot, ...] = ()

    @cached_property
    def built_in_changes(self) -> tuple[PlacedChange, ...]:
        """The built-in table of known changes."""
        return msgspec.msgpack.decode(self.packed_changes, type=tuple[PlacedChange, ...])

    @cached_property
    def known_changes(self) -> PlacedChanges:
        """Known changes by their places: the built-in ones, then the user's own."""
        return PlacedChanges((*self.built_in_changes, *self.added_changes))

    @cached_property
    def beside(self) -> Knowledge:
        """The same with the claims of other sources in place of the built-in ones."""
        return msgspec.structs.replace(self, claims=self.others, others=())

    @cached_property
    def beside_names(self) -> tuple[str, ...]:
        """Sources of those claims."""
        return tuple(dict.fromkeys(claim.source for claim in self.others))

    @cached_property
    def assay_by_name(self) -> dict[str, Assay]:
        """Assays by key of id, name and alias."""
        return {
            name_key(name): assay
            for assay in self.assays
            for name in (*assay.aliases, assay.name, assay.id)
        }

    @cached_property
    def diagnostics_by_drug(self) -> dict[str, tuple[Diagnostic, ...]]:
        """Diagnostics, withdrawn ones left out, by each medicine that they may select for."""
        table: dict[str, list[Diagnostic]] = {}
        for one in self.diagnostics:
            named = {drug for therapy in one.therapies for drug in therapy}
            meant = (d.name for d in self.vocabulary.drugs if one.group in d.drug_class)
            for drug in () if one.gone else sorted(named or meant):
                table.setdefault(drug, []).append(one)
        return {drug: tuple(found) for drug, found in table.items()}

    def entries_of(self, regimen: Iterable[str]) -> tuple[Drug, ...]:
        """The entries of the medicines of a regimen, where there are any."""
        known = self.vocabulary.drug_by_inn
        return tuple(known[name] for name in regimen if name in known)

    def diagnostics_for(self, therapy: Iterable[str]) -> tuple[Diagnostic, ...]:
        """Diagnostics that select for a regimen or a part of it, each once."""
        regimen = frozenset(therapy)
        drugs = self.entries_of(regimen)
        near = (one for name in sorted(regimen) for one in self.diagnostics_by_drug.get(name, ()))
        return tuple(dict.fromkeys(one for one in near if one.selects(regimen, drugs)))

    def assay(self, name: str) -> Assay:
        """The assay that any of its names means.

        Raises
        ------
        VocabularyError
            With the nearest names.
        """
        found = self.assay_by_name.get(name_key(name))
        if found is None:
            names = (alias for assay in self.assays for alias in (assay.name, *assay.aliases))
            raise VocabularyError("assay", name, nearest(name, names))
        return found

    def about(self, drug: str) -> Iterable[Claim]:
        """Claims about any regimen that contains `drug`."""
        return (claim for claim in self.claims if drug in claim.therapy)
