"""One statement made findings: a measurement, a karyotype word, or something of a gene."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from onkos.model import Alteration, Cytogenetic, Expression, Fusion, Measurement, Origin, Vocabulary
from onkos.sources.patient.case_words import refuse_other_field, why_no_gene
from onkos.sources.patient.fusion_text import pair_findings
from onkos.sources.patient.gene_head import Head, Of, find_head, without_exons
from onkos.sources.patient.gene_names import GUESSED, GeneNames
from onkos.sources.patient.gene_text import gene_findings
from onkos.sources.patient.gene_words import meaning
from onkos.sources.patient.karyotype_text import cytogenetic
from onkos.sources.patient.measure_text import MeasureNames
from onkos.sources.patient.spellings import Spelling, spelling_key, spellings
from onkos.sources.patient.statement import TAKEN, NotUnderstood, Said, refuse_doubt, take_off

_METHOD = re.compile(r"^(?:i-?)?FISH(?:\s*:\s*|\s+)(?=\S)", re.IGNORECASE)
_FUSION_OF = re.compile(r"^(?:fusion|rearrangement)\s+(?:of|between)\b", re.IGNORECASE)
_FUSED = re.compile(r"\b(?:fusion|rearrangement|rearranged|fused)\b", re.IGNORECASE)


@dataclass(slots=True)
class Found:
    """Findings of one statement, and the gene that a following one may leave out."""

    alterations: list[Alteration] = field(default_factory=list)
    measurements: list[Measurement] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    gene: str = ""


class Statements:
    """Reads statements against one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._names = GeneNames(vocabulary)
        self._measures = MeasureNames(vocabulary)

    def read(self, text: str, before: Found | None = None) -> Found:
        """The findings of one statement.

        Parameters
        ----------
        before : Found or None
            The statement before it in the same sentence, whose gene it may leave out.

        Raises
        ------
        NotUnderstood
        """
        refuse_other_field(text)
        spelling = spellings().by_key.get(spelling_key(text))
        if spelling and not text.endswith("-"):
            return self._spelt(spelling, Said())
        plain = _METHOD.sub("", text)
        word = cytogenetic(plain, True, self._vocabulary)
        if word:
            return Found([word])
        measured = self._measured(text, before)
        if measured:
            return Found(measurements=measured)
        refuse_doubt(text)
        word = self._cytogenetic(plain)
        if word:
            return Found([word])
        core, said = take_off(without_exons(text))
        plain = " ".join(core.replace(TAKEN, " ").split())
        spelling = spellings().by_key.get(spelling_key(plain))
        if spelling and not (spelling.present_only and said.present is False):
            return self._spelt(spelling, said)
        return self._of_genes(core, said, before.gene if before else "")

    def _cytogenetic(self, text: str) -> Cytogenetic | None:
        """A karyotype word without what is said around it."""
        core, said = take_off(without_exons(text))
        plain = " ".join(core.replace(TAKEN, " ").split())
        return cytogenetic(plain, said.present is not False, self._vocabulary)

    def is_measured(self, text: str) -> bool:
        """Whether a text is a measurement or a karyotype word."""
        try:
            return bool(self._measures.read(text)) or bool(
                cytogenetic(text, True, self._vocabulary)
            )
        except NotUnderstood:
            return True

    def is_subject(self, text: str) -> bool:
        """Whether a text is the name of a gene or of a measure, and no more."""
        head = self.head(text)
        return self._measures.is_name(text) or (head is not None and not head.rest)

    def head(self, core: str) -> Head | None:
        """The gene that a statement names; None where it has none of its own."""
        try:
            return find_head(core, self._names)
        except NotUnderstood:
            return None

    def _measured(self, text: str, before: Found | None) -> list[Measurement]:
        found = self._measures.read(text)
        if not found and before and before.measurements:
            found = self._measures.in_context(before.measurements[-1].name, text)
        return found

    def _spelt(self, spelling: Spelling, said: Said) -> Found:
        """What an odd name means; what was said of the name holds for its meaning."""
        if len(spelling.means) > 1 or self._says_nothing(said):
            found = Found()
            for text in spelling.means:
                one = self.read(text)
                found.alterations += one.alterations
                found.measurements += one.measurements
                found.gene = one.gene
        else:
            found = self._of_genes(spelling.means[0], said, "")
        found.notices += [spelling.notice] if spelling.notice else []
        return found

    @staticmethod
    def _says_nothing(said: Said) -> bool:
        return said == Said()

    def _of_genes(self, core: str, said: Said, context: str) -> Found:
        head = find_head(core, self._names) if core else None
        if (head is None or self._is_guess(head)) and context and core:
            found = gene_findings(context, core.replace(TAKEN, " "), said, self._names)
            return Found(found, [], said.notices, context)
        if head is None or (self._is_guess(head) and self._is_other(core, head)):
            subject = core.replace(TAKEN, " ").strip() if said.present is None else ""
            raise why_no_gene(subject, self._vocabulary)
        if head.origin and said.origin is Origin.UNKNOWN:
            said.origin = Origin(head.origin)
        head = self._as_pair(head)
        said.notices += [name.notice for name in head.names if name.notice]
        return Found(self._by_head(head, said), [], said.notices, head.names[-1].symbol)

    @staticmethod
    def _is_guess(head: Head) -> bool:
        return head.of is Of.ONE and head.names[0].notice.endswith(GUESSED)

    def _is_other(self, core: str, head: Head) -> bool:
        """Whether a word that is no known gene is more likely something else."""
        return not head.rest or self._measures.is_name(core.split(" ")[0])

    def _as_pair(self, head: Head) -> Head:
        """``EML4 ALK fusion`` and ``fusion of EML4 and ALK`` as pairs of unknown order."""
        if head.of is Of.ALL and len(head.names) == 2 and _FUSION_OF.match(head.rest):
            return head._replace(of=Of.PAIR, ordered=False, rest="")
        if head.of is not Of.ONE or not _FUSED.search(head.rest):
            return head
        words = head.rest.split()
        strange = [word for word in words if meaning(word) is None and self._names.find(word)]
        partner = self._names.find(strange[0]) if len(strange) == 1 else None
        if partner is None:
            return head
        rest = " ".join(word for word in words if word != strange[0])
        return Head(Of.PAIR, (*head.names, partner), rest, head.written, head.origin, False)

    def _by_head(self, head: Head, said: Said) -> list[Alteration]:
        if head.of is Of.PAIR:
            return pair_findings(head, said, self._names)
        if head.of is Of.ONE:
            return gene_findings(head.names[0].symbol, head.rest, said, self._names)
        found = [
            one
            for name in head.names
            for one in gene_findings(name.symbol, head.rest, said, self._names)
        ]
        symbols = " and ".join(name.symbol for name in head.names)
        if any(getattr(one, "protein", "") or getattr(one, "coding", "") for one in found):
            raise NotUnderstood(
                "one change and several genes", "give each gene with its own change"
            )
        absent = all(getattr(one, "present", True) is False for one in found)
        retained = all(isinstance(one, Expression) and one.level == "normal" for one in found)
        if absent or retained:
            return found
        if head.of is not Of.GROUP and any(isinstance(one, Fusion) for one in found):
            raise NotUnderstood(
                "one fusion of these partners, or one of each",
                f"write '{head.names[0].symbol}::{head.names[-1].symbol} fusion' or one entry each",
            )
        if head.of is not Of.ALL:
            raise NotUnderstood(
                f"which of {', '.join(name.symbol for name in head.names)} is not said",
                f"name the gene that was found; if all were, join them by 'and': '{symbols} ...'",
            )
        return found
