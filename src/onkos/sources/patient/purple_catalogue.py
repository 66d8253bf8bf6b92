"""The drivers of a run gathered: each once, and none beside the variant that it stands for."""

from __future__ import annotations

import msgspec

from onkos.model import (
    CopyCall,
    CopyNumber,
    SmallVariant,
    Stated,
    StatedClass,
    Vocabulary,
)
from onkos.sources.patient.hotspots import promoter_genes
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.purple_drivers import DELETED_IN_PART, Driver, alteration_of, in_part
from onkos.sources.patient.purple_fit import Fields, Figures
from onkos.sources.patient.symbols import Symbols
from onkos.sources.patient.tables import Rejected
from onkos.sources.patient.text import observe

AGAIN = "driver that another part of the run tells too"
_OTHER_CHANGES = ("missense", "nonsense", "splice", "inframe")
_MUTATED = frozenset({StatedClass.MUTATION, StatedClass.FRAMESHIFT})


class Catalogue:
    """Takes drivers of all parts of a run.

    Parameters
    ----------
    observed : Observed
        Added to, the small variants of the run first.
    """

    def __init__(self, observed: Observed, vocabulary: Vocabulary, source: str) -> None:
        self._observed = observed
        self._vocabulary = vocabulary
        self._symbols = Symbols(vocabulary)
        self._source = source
        self._seen: set[tuple[str, str]] = set()
        self._disrupted: list[Stated] = []
        self._varied = {a.gene for a in observed.alterations if isinstance(a, SmallVariant)}

    def take(self, fields: Fields) -> None:
        """Read one driver, of a catalogue or of ``orange.json``."""
        observed = self._observed
        observed.rows += 1
        figures = Figures(fields, self._source, observed)
        before = len(observed.unread)
        try:
            driver = self._driver(figures)
            if len(observed.unread) > before:  # the figure is listed, and the row with it
                return
            outcome = self._promoter(driver, figures) or alteration_of(driver)
        except Rejected as problem:
            figures.unread(problem.column, problem.text, problem.reason, problem.remedy)
            return
        if isinstance(outcome, str):
            observed.filtered[outcome] += 1
        elif self._again(outcome) or self._deleted(driver, outcome):
            observed.filtered[AGAIN] += 1
        else:
            self._forget_disrupted(outcome)
            observed.alterations.append(outcome)
            if in_part(driver):
                observed.notices.append(
                    f"{driver.gene}: the deletion leaves part of the gene; it is taken as deleted, "
                    "as the run does"
                )

    def _driver(self, figures: Figures) -> Driver:
        gene = self._symbols.approved(figures.text("gene"), self._observed)
        counts = [figures.number(name) for name in (*_OTHER_CHANGES, "frameshift")]
        *others, frameshift = (None if count is None else int(count) for count in counts)
        return Driver(
            gene=gene,
            kind=figures.text("driver", "type", "interpretation", "driverType"),
            least=figures.number("minCopyNumber", "minCopies"),
            most=figures.number("maxCopyNumber", "maxCopies"),
            biallelic=figures.truth("biallelic"),
            frameshift=frameshift,
            other=None if None in others else sum(count or 0 for count in others),
        )

    def _promoter(self, driver: Driver, figures: Figures) -> SmallVariant | None:
        """A hotspot outside the code, in a gene whose promoter has them."""
        known = driver.gene in promoter_genes(self._vocabulary)
        outside = driver.other == 0 and driver.frameshift == 0
        hotspot = figures.text("likelihoodMethod") == "HOTSPOT"
        if driver.kind != "MUTATION" or not (known and outside and hotspot):
            return None
        told = observe([f"{driver.gene} promoter mutation"], self._vocabulary, self._source)
        found = [a for a in told.alterations if isinstance(a, SmallVariant)]
        return msgspec.structs.replace(found[0], origin=driver.origin) if found else None

    def _deleted(self, driver: Driver, outcome: object) -> bool:
        """Whether a homozygous disruption is the deletion that the run tells of the gene too."""
        if driver.kind != DELETED_IN_PART or not isinstance(outcome, Stated):
            return False
        self._disrupted.append(outcome)
        return any(
            isinstance(a, CopyNumber)
            and (a.gene, a.call, a.origin) == (driver.gene, CopyCall.DELETION, driver.origin)
            for a in self._observed.alterations
        )

    def _forget_disrupted(self, outcome: object) -> None:
        """Take out what was kept as a disruption and is now told as a deletion."""
        if not isinstance(outcome, CopyNumber) or outcome.call is not CopyCall.DELETION:
            return
        gone = {id(d) for d in self._disrupted if d.gene == outcome.gene}
        found = self._observed.alterations
        kept = [a for a in found if id(a) not in gone]
        if len(kept) < len(found):
            self._observed.filtered[AGAIN] += len(found) - len(kept)
            found[:] = kept

    def _again(self, outcome: CopyNumber | Stated | SmallVariant) -> bool:
        if isinstance(outcome, CopyNumber):
            key = (outcome.gene, str(outcome.call))
        elif isinstance(outcome, Stated):
            if outcome.finding in _MUTATED and outcome.gene in self._varied:
                return True
            mutated = outcome.finding in _MUTATED
            key = (outcome.gene, "mutation" if mutated else str(outcome.finding))
        else:
            if outcome.gene in self._varied:
                return True
            key = (outcome.gene, "mutation")
        if key in self._seen:
            return True
        self._seen.add(key)
        return False
