"""Tests that approvals rest on, and the tests that guidelines ask for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from onkos.model.criterion import Criterion
from onkos.model.noun import Noun, require
from onkos.model.verdict import Question

if TYPE_CHECKING:
    from onkos.model.vocabulary import Drug


class DiagnosticKind(StrEnum):
    """What a regulator approved a test as."""

    COMPANION = "companion"
    COMPLEMENTARY = "complementary"
    IMAGING_DRUG = "imaging drug"


class Diagnostic(Noun, frozen=True, kw_only=True):
    """One device for one biomarker in one disease, and the medicines that it selects for.

    Attributes
    ----------
    device, maker, method : str
        As sold; how it reads.
    assays : tuple of str
        Ids of the assays of ours that are this very device.
    like : tuple of str
        Those whose names laboratories also use for versions of their own.
    specimen : tuple of str
        ``"tissue"``, ``"plasma"``, ``"blood"``, ``"marrow"``, ``"imaging"``.
    when : Criterion
        The result that selects.
    therapies : tuple of tuple of str
        Lower-case INNs, regimen by regimen as the page names them: a row covers these and no
        other. Of a regimen that holds one of them and more it says "a part of this regimen".
    group : str
        Class of drugs of the vocabulary, where the label names a group and no product: each of
        them by itself.
    setting : Criterion or None
        Where its label narrows it.
    on : date or None
        Day of approval for this use, where a source says it.
    number, number_url : str
        Of the premarket approval of the device, and the page that says so.
    source_url : str
        Page on which this very row was read.
    regimen_url : str
        Page that says with what the medicine is combined, where `source_url` does not.
    verified_on : date or None
        When it was read there. A row without it is never shown as approved.
    verified_by : str
        Which kind of page said so; never a person.
    """

    id: str
    device: str
    maker: str = ""
    kind: DiagnosticKind = DiagnosticKind.COMPANION
    method: str = ""
    assays: tuple[str, ...] = ()
    like: tuple[str, ...] = ()
    specimen: tuple[str, ...] = ("tissue",)
    when: Criterion
    therapies: tuple[tuple[str, ...], ...] = ()
    group: str = ""
    disease: tuple[str, ...]
    disease_except: tuple[str, ...] = ()
    setting: Criterion | None = None
    regulator: str = "FDA"
    on: date | None = None
    number: str = ""
    number_url: str = ""
    source_url: str = ""
    regimen_url: str = ""
    verified_on: date | None = None
    verified_by: str = ""
    withdrawn: bool = False
    withdrawn_on: date | None = None
    note: str = ""

    def __post_init__(self) -> None:
        require(bool(self.therapies) != bool(self.group), f"{self.id}: therapies or a group")
        read = bool(self.source_url and self.verified_by)
        require(self.verified_on is None or read, f"{self.id}: verified without page and by")
        require(self.verified_on is not None or self.on is None, f"{self.id}: a date, unverified")

    @property
    def stands(self) -> bool:
        """Read on a page, and not withdrawn: may be called approved."""
        return self.verified_on is not None and not self.gone

    @property
    def gone(self) -> bool:
        """Whether it was withdrawn."""
        return self.withdrawn or self.withdrawn_on is not None

    def covers(self, regimen: frozenset[str], drugs: Iterable[Drug]) -> bool:
        """Whether it is approved for this very regimen, of which `drugs` are the entries.

        >>> from onkos.model.criterion import FusionIs
        >>> kit = Diagnostic(id="x", device="Kit", when=FusionIs(genes=("ALK",)),
        ...                  disease=("NSCLC",), therapies=(("a",), ("b", "c")))
        >>> kit.covers(frozenset("bc"), ()), kit.covers(frozenset("ac"), ())
        (True, False)
        >>> kit.parts(frozenset("abcd"), ())
        ('a', 'b + c')
        """
        if self.group:
            known = tuple(drugs)
            of_group = all(self.group in drug.drug_class for drug in known)
            return bool(known) and of_group and len(known) == len(regimen)
        return any(regimen == frozenset(therapy) for therapy in self.therapies)

    def parts(self, regimen: frozenset[str], drugs: Iterable[Drug]) -> tuple[str, ...]:
        """What of a regimen it is approved for, where it is not for the whole."""
        if self.group:
            return tuple(sorted(d.name for d in drugs if self.group in d.drug_class))
        held = (therapy for therapy in self.therapies if regimen.issuperset(therapy))
        return tuple(sorted(" + ".join(therapy) for therapy in held))

    def selects(self, regimen: frozenset[str], drugs: Iterable[Drug]) -> bool:
        """Whether it selects for a regimen, or for a part of it."""
        return bool(self.parts(regimen, drugs))

    @property
    def name(self) -> str:
        """The device and what it reads.

        >>> from onkos.model.criterion import FusionIs
        >>> Diagnostic(id="x", device="Kit", when=FusionIs(genes=("ALK",)), group="ALK TKI",
        ...            disease=("NSCLC",), specimen=("tissue", "plasma")).name
        'Kit (tissue or plasma)'
        """
        return f"{self.device} ({' or '.join(self.specimen)})"


class BasisStanding(StrEnum):
    """How the patient's test stands to those that the approval rests on."""

    SAME = "the approved test"
    LIKE = "perhaps the approved test"
    OTHER = "another test"
    PART = "approved for a part of the regimen"
    NOT_TOLD = "test not told"
    UNVERIFIED = "commonly used tests only"
    NONE_LISTED = "none listed"


class TestBasis(Noun, frozen=True, kw_only=True):
    """The tests that an option's approval rests on, and the one that this patient had.

    Attributes
    ----------
    reported_by : tuple of str
        Tests that gave the findings that the option rests on.
    approved, complementary, unverified : tuple of str
        Ids of the diagnostics: approved companions, complementary ones, and rows not verified.
    for_a_part : tuple of str
        Ids of approved companions of some of the regimen's medicines and not of the regimen.
    sentences : tuple of str
        What the page says.
    """

    __test__ = False

    standing: BasisStanding
    reported_by: tuple[str, ...] = ()
    approved: tuple[str, ...] = ()
    complementary: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    for_a_part: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()


class PanelItem(Noun, frozen=True, kw_only=True):
    """One marker of a minimum panel.

    Attributes
    ----------
    when : tuple of Criterion
        Ways to ask for it; one of them answered, met or unmet, is enough.
    only : Criterion or None
        Patients of the panel that it concerns; None for all.
    repeat : bool
        At relapse only a result of a sample taken then counts.
    optional : bool
        Considered, not asked of everybody.
    by : str
        Who asks for this very marker, with the year, on the page `source_url`.
    verified_on : date or None
        When that page was read.
    """

    name: str
    when: tuple[Criterion, ...]
    only: Criterion | None = None
    repeat: bool = False
    optional: bool = False
    by: str = ""
    source_url: str = ""
    verified_on: date | None = None
    note: str = ""

    def __post_init__(self) -> None:
        require(bool(self.when), f"{self.name}: asks for nothing")
        told = {bool(self.by), bool(self.source_url), self.verified_on is not None}
        require(len(told) == 1, f"{self.name}: by, page and day, or none")


class Panel(Noun, frozen=True, kw_only=True):
    """What guidelines ask to be known of a tumour in a setting.

    Attributes
    ----------
    bodies : tuple of str
        ``"NCCN 2024"``, ``"ESMO 2023"``: who asks, with the year, where an item does not say.
    verified_on : date or None
        When the whole list was read; items that were read one by one carry their own page.
    """

    id: str
    name: str
    disease: tuple[str, ...]
    disease_except: tuple[str, ...] = ()
    setting: Criterion | None = None
    bodies: tuple[str, ...]
    source: str = ""
    source_url: str = ""
    verified_on: date | None = None
    unverified: bool = False
    items: tuple[PanelItem, ...]
    note: str = ""

    def __post_init__(self) -> None:
        require(bool(self.items), f"{self.id}: no item")
        require(self.unverified == (self.verified_on is None), f"{self.id}: verified or not?")
        names = [item.name for item in self.items]
        require(len(set(names)) == len(names), f"{self.id}: an item stands twice")


class Gap(Noun, frozen=True, kw_only=True):
    """A marker that guidelines ask for and that is not known here.

    Attributes
    ----------
    panels : tuple of str
        Names of the panels that ask for it.
    bodies : tuple of str
        Who asks, each once.
    reasons : tuple of str
        Why no result counts.
    repeat : bool
        Known once, and due again.
    reflex : bool
        Negative in plasma of too little, or untold, tumour DNA: tissue is due.
    setting_open : bool
        Asked for only if the setting, which is not known, holds.
    in_test_next : bool
        Every question of it stands under *test next* already.
    source_url : str
        Page on which it was read that this is asked for; empty where none was.
    test : str
        The cheapest test that settles it together with the others.
    """

    name: str
    panels: tuple[str, ...]
    bodies: tuple[str, ...]
    reasons: tuple[str, ...]
    questions: tuple[Question, ...] = ()
    repeat: bool = False
    optional: bool = False
    setting_open: bool = False
    reflex: bool = False
    in_test_next: bool = False
    unverified: bool = False
    source_url: str = ""
    test: str = ""
    note: str = ""
