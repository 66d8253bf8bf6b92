"""A case and the plan that it must get, read from TOML."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import msgspec

from onkos.model import Case, Dossier, Knowledge
from onkos.pipeline import run
from onkos.sources.patient import case_of_record

FOLDER = Path(__file__).parent


class Wanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One regimen and what the plan must say of it; what is left out is not asked.

    Attributes
    ----------
    amp, escat, oncokb : str
        ``"I-A"``, ``"II-B"``, ``"3A"``; empty where the scale must have nothing to say.
    setting : str
        Best answer among the settings of its approvals here: ``"met"``, ``"unknown"``,
        ``"unmet"``.
    """

    therapy: str
    approved_here: bool | None = None
    amp: str | None = None
    escat: str | None = None
    oncokb: str | None = None
    setting: str | None = None
    given: bool | None = None


class Expect(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the plan must hold. Texts are looked for inside what the plan says.

    Attributes
    ----------
    first : str
        The regimen of option 1.
    option, avoided : list of Wanted
        Regimens among the options, and among those to avoid.
    options, not_options, avoid, not_avoid : list of str
        Regimens, exactly these.
    no_option_with : list of str
        Drugs that no option may contain.
    before : list of pairs
        The first of a pair ranks above the second; a regimen not offered ranks below all.
    caution, reason, no_reason : dict of str to str
        A text in the cautions, or in the reasons, of a regimen.
    opens : list of str
        Regimens that some test to do next could open.
    none : list of str
        Parts of the plan that must be empty: ``"predisposition"``.
    """

    first: str = ""
    option: list[Wanted] = []
    avoided: list[Wanted] = []
    options: list[str] = []
    not_options: list[str] = []
    no_option_with: list[str] = []
    before: list[tuple[str, str]] = []
    avoid: list[str] = []
    not_avoid: list[str] = []
    caution: dict[str, str] = {}
    no_caution: dict[str, str] = {}
    reason: dict[str, str] = {}
    no_reason: dict[str, str] = {}
    test_next: list[str] = []
    not_test_next: list[str] = []
    opens: list[str] = []
    no_options: bool = False
    prognosis: list[str] = []
    diagnosis: list[str] = []
    predisposition: list[str] = []
    contrary: list[str] = []
    none: list[str] = []
    statements: list[str] = []


class Scenario(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A name, sources, a batch record without its id, and the expectation."""

    name: str
    source: list[str]
    case: dict[str, Any]
    expect: Expect
    why: str = ""
    regulators: tuple[str, ...] = ("FDA", "EMA")

    def made(self, knowledge: Knowledge) -> Case:
        """The case, as intake makes it of the record."""
        return case_of_record({"id": "scenario", **self.case}, knowledge)

    def dossier(self, knowledge: Knowledge) -> Dossier:
        """What the pipeline makes of the case."""
        return run(self.made(knowledge), knowledge, self.regulators)

    @property
    def regimens(self) -> tuple[str, ...]:
        """Every regimen or drug that the expectation names."""
        e = self.expect
        pairs = [name for pair in e.before for name in pair]
        tables = [*e.caution, *e.no_caution, *e.reason, *e.no_reason]
        wanted = [w.therapy for w in (*e.option, *e.avoided)]
        lists = (*e.options, *e.not_options, *e.no_option_with, *e.avoid, *e.not_avoid, *e.opens)
        return tuple(filter(None, (e.first, *pairs, *tables, *wanted, *lists)))


class Chapter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file: a group of diseases."""

    title: str
    scenario: list[Scenario]


def chapters() -> dict[str, Chapter]:
    """Every file of scenarios, by its name."""
    files = sorted(FOLDER.glob("*.toml"))
    return {f.stem: msgspec.convert(tomllib.loads(f.read_text("utf-8")), Chapter) for f in files}


def scenarios() -> list[Scenario]:
    """All scenarios in the order of the files."""
    return [s for chapter in chapters().values() for s in chapter.scenario]
