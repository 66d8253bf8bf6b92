"""A small variant weighed by the oncogenicity standard: which criteria hold, which stay open."""

from __future__ import annotations

from dataclasses import dataclass

from onkos.annotate import sop_annotation, sop_sequence
from onkos.annotate.judged import Judged, Met, Open
from onkos.annotate.sop import Key, Score, label, score
from onkos.annotate.sop_known import Seen
from onkos.model import Answer, Oncogenicity, SmallVariant, Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Points, class, and the criteria behind them.

    Attributes
    ----------
    held : tuple of Met
        Criteria that hold, counted or not.
    open : tuple of Open
        Criteria that could not be judged.
    """

    score: Score
    held: tuple[Met, ...]
    open: tuple[Open, ...]

    @property
    def points(self) -> int:
        """Sum over the criteria that count."""
        return self.score.points

    @property
    def standing(self) -> Oncogenicity:
        """Class of the points."""
        return self.score.standing

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of the criteria that count, as the journal prints them."""
        return tuple(label(key) for key in self.score.counted)

    @property
    def sentences(self) -> tuple[str, ...]:
        """One for each criterion that holds; those set aside say beside which."""
        aside = dict(self.score.set_aside)
        order = {key: at for at, key in enumerate(Key)}
        return tuple(
            f"{label(met.key)}{_beside(aside.get(met.key))}: {met.reason}"
            for met in sorted(self.held, key=lambda met: (met.key in aside, order[met.key]))
        )

    def is_open(self, key: Key) -> bool:
        """Whether a criterion could not be judged."""
        return any(key in one.keys for one in self.open)


class Judge:
    """Weighs small variants with the facts of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._facts = vocabulary.oncogenicity
        self._seen = Seen(vocabulary)

    def knows(self, symbol: str) -> bool:
        """Whether anything is known of a gene: in the vocabulary, or in a file that was added."""
        facts = self._facts
        known = symbol in facts.roles or symbol in facts.hotspots_of
        return known or self._vocabulary.gene(symbol) is not None

    def single_causes(self, disease: str) -> frozenset[str]:
        """Genes that alone cause a disease (OP2)."""
        covers = self._vocabulary.tree.judge
        return frozenset(
            cause.gene
            for cause in self._facts.single_causes
            if covers(disease, cause.diseases)[0] is Answer.MET
        )

    def weigh(self, variant: SmallVariant, single_cause: bool = False) -> Weighed:
        """Points, class and criteria of a variant.

        Parameters
        ----------
        single_cause : bool
            Whether its gene alone causes the cancer of this patient.
        """
        judged = list(self._judged(variant, single_cause))
        held = tuple(one for one in judged if isinstance(one, Met))
        return Weighed(
            score=score(met.key for met in held),
            held=held,
            open=tuple(one for one in judged if isinstance(one, Open)),
        )

    def _judged(self, variant: SmallVariant, single_cause: bool) -> Judged:
        gene, facts = self._vocabulary.gene(variant.gene), self._facts
        role = self._role(variant.gene)
        yield from sop_sequence.null_in_suppressor(variant, role, gene, facts)
        yield from self._seen.same_change(variant, gene)
        yield from self._seen.functional(variant)
        yield from self._seen.hotspot(variant)
        yield from sop_sequence.critical_region(variant, facts)
        yield from sop_sequence.length_change(variant, role)
        yield from self._seen.other_missense(variant, gene)
        yield from sop_annotation.computed(variant, facts)
        if single_cause:
            yield Met(Key.SINGLE_CAUSE, f"{variant.gene} alone causes this cancer")
        yield from sop_annotation.population(variant, gene, facts)
        yield from sop_annotation.silent(variant)

    def _role(self, symbol: str) -> str:
        gene = self._vocabulary.gene(symbol)
        if gene and gene.role != "other":
            return gene.role
        return self._facts.roles.get(symbol, "")


def _beside(blocker: Key | None) -> str:
    return f" (not counted beside {label(blocker)})" if blocker else ""
