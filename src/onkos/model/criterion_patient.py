"""Leaves of a criterion that speak of measured values, the patient and the course."""

from __future__ import annotations

from onkos.model.noun import Atom


def drug_words(drug: str, drug_class: str) -> str:
    """A drug or a class as the language writes it, in quotes where it must be."""
    if not drug:
        return f'class "{drug_class}"'
    plain = drug.replace(" ", "").replace("-", "").isalnum()
    return drug if plain else f'"{drug}"'


class HlaIs(Atom, frozen=True, kw_only=True, tag="HLA"):
    """An HLA allele carried."""

    allele: str

    def __str__(self) -> str:
        return self.allele


class Compare(Atom, frozen=True, kw_only=True, tag="compare"):
    """A measured value against a number, in the measure's own unit."""

    name: str
    op: str
    value: float
    at: str = ""

    def __str__(self) -> str:
        at = f" % at {self.at}" if self.at else ""
        return f"{self.name} {self.op} {self.value:g}{at}"


class Status(Atom, frozen=True, kw_only=True, tag="status"):
    """A measure that has words: ``MSI-H``, ``HER2 IHC 3+``, ``ER positive``."""

    name: str
    status: str
    bare: bool = False

    def __str__(self) -> str:
        return self.status if self.bare else f"{self.name} {self.status}"


class SexIs(Atom, frozen=True, kw_only=True, tag="sex"):
    """The patient's sex."""

    sex: str

    def __str__(self) -> str:
        return f"sex {self.sex}"


class StageIs(Atom, frozen=True, kw_only=True, tag="stage"):
    """Stage of disease; ``III`` includes IIIA to IIIC."""

    stage: str

    def __str__(self) -> str:
        return f"stage {self.stage}"


class SettingIs(Atom, frozen=True, kw_only=True, tag="setting"):
    """A word of the vocabulary of settings."""

    setting: str

    def __str__(self) -> str:
        return f"setting {self.setting}"


class LineIs(Atom, frozen=True, kw_only=True, tag="line"):
    """The line of therapy now to be chosen."""

    op: str
    value: int

    def __str__(self) -> str:
        return f"line {self.value}" if self.op == "=" else f"lines {self.op} {self.value}"


class PriorIs(Atom, frozen=True, kw_only=True, tag="prior"):
    """A drug, or any of a class, given before; with `progressed`, and failed."""

    drug: str = ""
    drug_class: str = ""
    progressed: bool = False

    def __str__(self) -> str:
        what = drug_words(self.drug, self.drug_class)
        return f"{'progressed on' if self.progressed else 'prior'} {what}"


class PriorLinesIs(Atom, frozen=True, kw_only=True, tag="prior lines"):
    """How many lines given before had a drug, or any of a class, in them."""

    drug: str = ""
    drug_class: str = ""
    op: str
    value: int

    def __str__(self) -> str:
        return f"prior lines of {drug_words(self.drug, self.drug_class)} {self.op} {self.value}"


class ComedicationIs(Atom, frozen=True, kw_only=True, tag="comedication"):
    """Another medicine that the patient takes now, or any of a class."""

    drug: str = ""
    drug_class: str = ""

    def __str__(self) -> str:
        return f"comedication {drug_words(self.drug, self.drug_class)}"


class DiseaseIs(Atom, frozen=True, kw_only=True, tag="disease"):
    """The patient's disease at or below a node of OncoTree."""

    code: str

    def __str__(self) -> str:
        return f"disease {self.code}"
