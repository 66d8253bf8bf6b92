"""Alterations as the Cancer Genome Interpreter writes them, to criteria no broader than they are.

``EGFR:L858R,L861.``, ``EGFR::consequence::inframe_deletion:729-761``, ``ABL1__BCR``, ``ATM:del``;
several parts that must be there together are joined by ``;``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from onkos.criteria import parse
from onkos.model import CopyCall, Criterion, Event, Origin
from onkos.model import criterion as c
from onkos.sources.knowledge.adapters.civic_profile import ProfileReader
from onkos.sources.knowledge.adapters.profile_change import change_of
from onkos.sources.patient.tables import Rejected

_GENE = re.compile(r"([A-Za-z0-9-]+)(::?)(.+)")
_RANGE = re.compile(r"(\d+)-(\d+)")
_DELETED = re.compile(r"::(?:consequence::)?inframe_deletion:(\d+-\d+)")
_RESIDUE = re.compile(r"([A-Z])(\d+)\.")
_POSITION = re.compile(r"\.(\d+)\.")
_CHANGE = re.compile(r"[A-Z]\d+[A-Z*]")
# Consequences that are a class of the language's mutations.
_CLASSES = {
    "inframe_deletion": "deletion",
    "inframe_insertion": "insertion",
    "frameshift_variant": "frameshift",
    "stop_gained": "nonsense",
    "missense_variant": "missense",
}


class Read(NamedTuple):
    """What an alteration asks for, and which of its alternatives could not be said."""

    when: Criterion
    left_out: tuple[str, ...] = ()


class AlterationReader:
    """Reads alterations.

    Parameters
    ----------
    profiles : ProfileReader
        For symbols of today and for proteins.
    not_genes : frozenset of str
        Names that stand where a gene stands and are none.
    deletions : dict of str to str
        Ranges that are one deletion, ``"KIT 577-579"``, and its name in the language.
    """

    def __init__(
        self,
        profiles: ProfileReader,
        not_genes: frozenset[str],
        deletions: Mapping[str, str],
    ) -> None:
        self.profiles, self.not_genes, self.deletions = profiles, not_genes, deletions

    def read(self, alteration: str, kinds: str, words: str, inherited: bool = False) -> Read:
        """The criterion of an alteration.

        Parameters
        ----------
        kinds : str
            ``"MUT"``, ``"CNA;MUT"``: one for each part.
        words : str
            The biomarker in words, which settles what a code leaves open.
        inherited : bool
            The change is one that a person is born with.

        Raises
        ------
        Rejected
            Where not one alternative of a part can be said.
        """
        parts, kind = alteration.split(";"), kinds.split(";")
        if len(kind) == 1:
            kind *= len(parts)
        if len(kind) != len(parts):
            raise Rejected("type", "alterations and their types do not go together")
        rules: list[Criterion] = []
        left: list[str] = []
        gene = ""
        for one, its in zip(parts, kind, strict=True):
            said = one if ":" in one or "__" in one else f"{gene}:{one}"
            gene = said.partition(":")[0]
            read = self._part(said.strip(), its.strip(), words, inherited)
            rules.append(read.when)
            left += read.left_out
        return Read(c.And(of=tuple(rules)) if len(rules) > 1 else rules[0], tuple(left))

    def _part(self, text: str, kind: str, words: str, inherited: bool) -> Read:
        if kind == "FUS":
            return Read(self._fusion(text))
        found = _GENE.fullmatch(text)
        if not found:
            raise Rejected("alteration", "names no gene")
        gene, what = self._symbol(found[1]), found[3]
        if found[2] == "::":
            what = f"::{what}"
        if kind == "MUT":
            return self._mutations(gene, what, words, inherited)
        whole = {"CNA": self._copies, "EXPR": self._expression, "BIA": self._biallelic}.get(kind)
        if whole is None:
            raise Rejected("type", f"{kind} is no type of alteration")
        return Read(whole(gene, what, inherited))

    def _symbol(self, written: str) -> str:
        if written in self.not_genes:
            raise Rejected("alteration", f"{written} is no symbol, and the row's gene is another")
        return self.profiles.symbol(written)

    def _fusion(self, text: str) -> Criterion:
        """Partners stand in the order of the alphabet, which is not that of the fusion."""
        first, _, second = text.partition("__")
        gene = self._symbol(first)
        if second == ".":
            return c.FusionIs(genes=(gene,))
        other = self._symbol(second)
        return c.Or(of=(c.FusionIs(five=gene, three=other), c.FusionIs(five=other, three=gene)))

    def _copies(self, gene: str, what: str, inherited: bool) -> Criterion:
        calls = {"amp": CopyCall.AMPLIFICATION, "del": CopyCall.DELETION}
        if what not in calls or inherited:
            raise Rejected("alteration", f"{what} is no word for copies")
        return c.CopyNumberIs(genes=(gene,), call=calls[what])

    def _expression(self, gene: str, what: str, inherited: bool) -> Criterion:
        words = {"over": "OVEREXPRESSION", "under": "UNDEREXPRESSION"}
        if what not in words or inherited:
            raise Rejected("alteration", "the language has no expression that is normal")
        return self.profiles.read(f"{gene} {words[what]}")

    def _biallelic(self, gene: str, what: str, inherited: bool) -> Criterion:
        if what != ".":
            raise Rejected("alteration", f"{what}: which inactivation of both copies")
        origin = Origin.GERMLINE if inherited else None
        return c.LossOfFunction(genes=(gene,), origin=origin, biallelic=True)

    def _mutations(self, gene: str, what: str, words: str, inherited: bool) -> Read:
        """Alternatives, of which one is enough: what cannot be said of them is left out."""
        if "FLT3-ITD" in words:
            return Read(c.EventIs(gene=gene, event=Event.ITD))
        rules: list[Criterion] = []
        left: list[str] = []
        written = tuple(dict.fromkeys(part.strip() for part in what.split(",")))
        for one in written:
            try:
                whole = self._one_deletion(gene, one, words, written)
                rules.append(whole or self._alternative(gene, one, inherited))
            except Rejected as problem:
                left.append(f"{one}: {problem.reason}")
        if not rules:
            raise Rejected("alteration", left[0].partition(": ")[2])
        return Read(c.Or(of=tuple(rules)) if len(rules) > 1 else rules[0], tuple(left))

    def _one_deletion(
        self, gene: str, text: str, words: str, beside: tuple[str, ...]
    ) -> Criterion | None:
        """A range of residues that one deletion takes away; None where the text is no such range.

        Raises
        ------
        Rejected
            Where nothing tells whether it is one deletion or any inside the range.
        """
        found = _DELETED.fullmatch(text)
        if not found:
            return None
        known = self.deletions.get(f"{gene} {found[1]}")
        if known:
            return parse(known, self.profiles.vocabulary)
        a_region = any(f"inframe_insertion:{found[1]}" in one for one in beside)
        if a_region or "exon" in words.casefold():
            return None
        raise Rejected("alteration", "one deletion, or any inside the range, is not told")

    def _alternative(self, gene: str, text: str, inherited: bool) -> Criterion:
        origin = Origin.GERMLINE if inherited else None

        def mutation(**fields: object) -> Criterion:
            return c.Mutation(genes=(gene,), origin=origin, **fields)  # type: ignore[arg-type]

        if text.startswith("::"):
            return self._consequence(gene, text.removeprefix("::"), mutation)
        if text == ".":
            return mutation(what="oncogenic mutation")
        residue = _RESIDUE.fullmatch(text)
        if residue:
            return mutation(change=residue[1] + residue[2])
        if _CHANGE.fullmatch(text):
            return mutation(change=change_of(text, coding=False))
        span = _RANGE.fullmatch(text) or _POSITION.fullmatch(text)
        if span:
            first, last = int(span[1]), int(span[span.lastindex or 1])
            return mutation(codons=((first, last),))
        raise Rejected("alteration", "no change of a protein that can be told")

    def _consequence(self, gene: str, text: str, mutation: Callable[..., Criterion]) -> Criterion:
        kind, _, where = text.removeprefix("consequence::").partition(":")
        if kind == "wildtype" and where == ".":
            return c.WildType(genes=(gene,))
        if kind == "promoters_core":
            return mutation(promoter=True)
        if kind not in _CLASSES:
            word = kind.replace("_", " ")
            raise Rejected("alteration", f"the language has no {word} by itself")
        residue = _RESIDUE.fullmatch(where)
        span = _RANGE.fullmatch(where)
        if not (residue or span):
            raise Rejected("alteration", "the residues that are put in have no place that is told")
        ends = (residue[2], residue[2]) if residue else (span[1], span[2])  # type: ignore[index]
        return mutation(what=_CLASSES[kind], codons=((int(ends[0]), int(ends[1])),))
