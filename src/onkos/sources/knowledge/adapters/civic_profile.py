"""Molecular profiles of CIViC to criteria that are never broader than the profile's own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedInput, VisitError
from lark.lexer import Lexer

from onkos.criteria import parse
from onkos.errors import CriterionError
from onkos.model import CopyCall, Criterion, Event, Gene, Origin, Vocabulary
from onkos.model import criterion as c
from onkos.sources.knowledge.adapters.profile_change import change_of
from onkos.sources.knowledge.adapters.profile_lexer import ProfileLexer, reason_for
from onkos.sources.knowledge.maps import ProfileWords, profile_words
from onkos.sources.patient.tables import Rejected

_SYMBOL = re.compile(r"[A-Z][A-Za-z0-9-]*")


class Said(NamedTuple):
    """What a profile asks for.

    Attributes
    ----------
    at_most : Criterion
        No broader than the words.
    exact : Criterion or None
        What the words say and no less, which may be denied; None where the language has no such.
    """

    at_most: Criterion
    exact: Criterion | None


class ProfileReader:
    """Reads profiles; each one once.

    Parameters
    ----------
    vocabulary : Vocabulary
        Its genes give exons, domains and roles; a gene that it lacks keeps its symbol.
    """

    def __init__(self, vocabulary: Vocabulary, words: ProfileWords | None = None) -> None:
        self.vocabulary = vocabulary
        self.words = words or profile_words()
        self._lexer = ProfileLexer(self.words.phrases, self.words.domains)
        self._former = {name: g.symbol for g in vocabulary.genes for name in g.former}
        self._known: dict[tuple[str, bool], Criterion | Rejected] = {}

    def read(self, profile: str, germline: bool = False) -> Criterion:
        """The criterion of a profile.

        Parameters
        ----------
        profile : str
            For example ``"EGFR L858R AND EGFR T790M"``.
        germline : bool
            The source speaks of inherited changes.

        Raises
        ------
        Rejected
            Where the language cannot say it without being broader, with the reason.
        """
        key = (profile, germline)
        if key not in self._known:
            self._known[key] = self._attempt(profile, germline)
        found = self._known[key]
        if isinstance(found, Rejected):
            raise found
        return found

    def _attempt(self, profile: str, germline: bool) -> Criterion | Rejected:
        try:
            tree = _grammar().parse(_Given(self._lexer.tokens(profile)))
            said: Said = _Builder(self, germline).transform(tree)
            return said.at_most
        except Rejected as problem:
            return problem
        except VisitError as error:
            if isinstance(error.orig_exc, Rejected):
                return error.orig_exc
            return Rejected("profile", str(error.orig_exc), text=profile)
        except UnexpectedInput:
            return Rejected("profile", reason_for(profile), text=profile)

    def symbol(self, written: str) -> str:
        """The gene's symbol of today.

        Raises
        ------
        Rejected
            For a name that is no gene.
        """
        if written in self.words.not_genes or not _SYMBOL.fullmatch(written):
            raise Rejected("profile", f"{written} is not one gene", text=written)
        if written in self.vocabulary.gene_by_symbol:
            return written
        return self._former.get(written, written)


class _Given:
    """Tokens in place of text."""

    def __init__(self, tokens: Iterator[Token]) -> None:
        self.tokens = tokens


class _TokenLexer(Lexer):
    """Hands the tokens on that it is given."""

    def __init__(self, lexer_conf: object) -> None:
        """Take nothing from the grammar."""

    def lex(self, given: Any, *_: object) -> Iterator[Token]:
        """The tokens as they are."""
        return given.tokens  # type: ignore[no-any-return]


@lru_cache(maxsize=1)
def _grammar() -> Lark:
    folder = files("onkos.sources.knowledge.adapters")
    text = folder.joinpath("profile.lark").read_text(encoding="utf-8")
    return Lark(text, parser="lalr", lexer=_TokenLexer)


class _Builder(Transformer[Token, Any]):
    """Builds criteria bottom up; raises ``Rejected`` with the reason."""

    def __init__(self, reader: ProfileReader, germline: bool) -> None:
        super().__init__()
        self.reader, self.germline = reader, germline

    # --- logic ---

    def start(self, items: list[Said]) -> Said:
        return items[0]

    def joiner(self, items: list[Token]) -> Token:
        return items[0]

    def bracketed(self, items: list[Any]) -> Said:
        return items[1]  # type: ignore[no-any-return]

    def negated(self, items: list[Any]) -> Said:
        inner: Said = items[1]
        if inner.exact is None:
            raise Rejected(
                "profile", f"to deny '{inner.at_most}' would be broader than to deny it all"
            )
        denied = c.Not(of=inner.exact)
        return Said(denied, denied)

    def chain(self, items: list[Any]) -> Said:
        parts: list[Said] = items[::2]
        kinds = {joiner.type for joiner in items[1::2]}
        if not kinds:
            return parts[0]
        if len(kinds) > 1:
            raise Rejected("profile", "AND mixed with OR can be read in two ways")
        kind = c.And if kinds == {"AND"} else c.Or
        exact = [part.exact for part in parts if part.exact is not None]
        whole = _joined(kind, exact) if len(exact) == len(parts) else None
        return Said(_joined(kind, [part.at_most for part in parts]), whole)

    # --- variants ---

    def phrase(self, items: list[Token]) -> Said:
        self._not_inherited("this")
        return Said(parse(str(items[0]), self.reader.vocabulary), None)

    def pair(self, items: list[Token]) -> Said:
        self._not_inherited("a fusion")
        five, three = str(items[0]).split("::")
        rearranged = len(items) > 1 and items[1].type == "REARRANGEMENT"
        open_end = {"v", "?"}
        if five in open_end or three in open_end:
            return self._open(five, three, open_end, rearranged)
        return _exactly(
            c.FusionIs(
                five=self.reader.symbol(five),
                three=self.reader.symbol(three),
                rearrangement=rearranged,
            )
        )

    def _open(self, five: str, three: str, open_end: set[str], rearranged: bool) -> Said:
        """One end told: any fusion of a gene that always drives from that end."""
        end, written = ("three", three) if five in open_end else ("five", five)
        gene = self._gene(written)
        if gene is None or gene.fusion_end != end:
            reason = f"the vocabulary does not say that fusions of {written} have it at this end"
            raise Rejected("profile", reason, text=f"{five}::{three}")
        return _exactly(c.FusionIs(genes=(gene.symbol,), rearrangement=rearranged))

    def any_fusion(self, items: list[Token]) -> Said:
        self._not_inherited("a fusion")
        return _exactly(c.FusionIs(genes=(self.reader.symbol(str(items[0])),)))

    def any_rearrangement(self, items: list[Token]) -> Said:
        self._not_inherited("a rearrangement")
        genes = (self.reader.symbol(str(items[0])),)
        return _exactly(c.FusionIs(genes=genes, rearrangement=True))

    def change(self, items: list[Token]) -> Said:
        written = str(items[1])
        if f"{items[0]} {written}" in self.reader.words.not_proteins:
            raise Rejected(
                "profile", "a change of bases, written like one of residues", text=written
            )
        change = change_of(written, coding=len(items) > 2)
        return _exactly(self._mutation(items[0], change=change))

    def residues(self, items: list[Token]) -> Said:
        parts = str(items[1]).split("/")
        return _exactly(c.Or(of=tuple(self._mutation(items[0], change=one) for one in parts)))

    def exon(self, items: list[Token]) -> Said:
        first, last = (int(number) for number in items[2].split("-"))
        word, gene = str(items[3]), self.reader.symbol(str(items[0]))
        small = f"{gene} {first}" in self.reader.words.small_exon_deletions
        if word in {"deletion", "skipping"} and not small:
            self._not_inherited("a lost exon")
            skipped = word == "skipping"
            event = Event.SKIPPING if skipped else Event.EXONS_LOST
            return _exactly(c.EventIs(gene=gene, event=event, first_exon=first, last_exon=last))
        known = self._gene(gene)
        numbers = range(first, last + 1)
        if known is None or any(str(n) not in known.exons for n in numbers):
            raise Rejected(
                "profile", f"the vocabulary does not know the codons of this exon of {gene}"
            )
        if any(f"{gene} {n}" in self.reader.words.exons_in_doubt for n in numbers):
            raise Rejected("profile", f"exons of {gene} are counted in two ways")
        return _exactly(self._mutation(items[0], what=word, exons=(first, last)))

    def domain(self, items: list[Token]) -> Said:
        gene = self._gene(str(items[0]))
        names = self.reader.words.domains[str(items[1])]
        own = next((name for name in names if gene and name in gene.domains), None)
        if own is None:
            raise Rejected("profile", f"the vocabulary does not know this domain of {items[0]}")
        return _exactly(self._mutation(items[0], domain=own))

    def whole(self, items: list[Token]) -> Said:
        return _WHOLE[str(items[1])](self, items[0])

    # --- what the words mean ---

    def bucket(self, written: Token) -> Said:
        """Any mutation. A passenger is not what was studied: one that drives is asked for."""
        every = self._mutation(written)
        return Said(self._mutation(written, what="oncogenic mutation"), every)

    def driving(self, written: Token) -> Said:
        """A mutation that drives; of a gene that only ever suppresses, none gains function."""
        gene = self._gene(str(written))
        if gene is not None and gene.role == "tumour suppressor":
            raise Rejected(
                "profile", f"{gene.symbol} is a tumour suppressor: which change was gained"
            )
        return Said(self._mutation(written, what="oncogenic mutation"), None)

    def damaging(self, written: Token) -> Said:
        """A mutation that damages: an oncogenic one of a suppressor, else a truncating one."""
        gene = self._gene(str(written))
        drives = gene is not None and gene.role == "tumour suppressor"
        what = "oncogenic mutation" if drives else "truncating mutation"
        return Said(self._mutation(written, what=what), None)

    def altered(self, written: Token) -> Said:
        return Said(self._mutation(written, what="oncogenic mutation"), None)

    def of_class(self, what: str) -> Callable[[Token], Said]:
        return lambda written: _exactly(self._mutation(written, what=what))

    def lost_function(self, written: Token, biallelic: bool = False) -> Said:
        origin = Origin.GERMLINE if self.germline else None
        genes = (self.reader.symbol(str(written)),)
        return _exactly(c.LossOfFunction(genes=genes, origin=origin, biallelic=biallelic))

    def lost(self, written: Token) -> Said:
        """The gene deleted on both copies, or the protein gone: a loss by anybody's count."""
        self._not_inherited("a loss")
        genes = (self.reader.symbol(str(written)),)
        deleted = c.CopyNumberIs(genes=genes, call=CopyCall.DELETION)
        try:
            gone = self.protein(written, "loss").at_most
        except Rejected:
            return Said(deleted, None)
        return Said(c.Or(of=(deleted, gone)), None)

    def copies(self, written: Token, call: CopyCall) -> Said:
        self._not_inherited("a copy number")
        said = c.CopyNumberIs(genes=(self.reader.symbol(str(written)),), call=call)
        # "Deletion" may be of one copy: ours is of both, so that it must not be denied.
        return Said(said, None if call is CopyCall.DELETION else said)

    def protein(self, written: Token, level: str) -> Said:
        self._not_inherited("expression")
        gene = self.reader.symbol(str(written))
        if not self._gene(gene):
            return Said(c.ProteinIs(genes=(gene,), level=level), None)
        try:  # the language may have a measure of its own for it
            return Said(parse(f"{gene} protein {level}", self.reader.vocabulary), None)
        except CriterionError:
            reason = f"'{gene} protein' is a measure of the language, and {level} none of its words"
            raise Rejected("profile", reason) from None

    def wild(self, written: Token) -> Said:
        self._not_inherited("wild-type")
        return _exactly(c.WildType(genes=(self.reader.symbol(str(written)),)))

    def methylated(self, written: Token) -> Said:
        self._not_inherited("methylation")
        return Said(c.MethylationIs(gene=self.reader.symbol(str(written))), None)

    def tandem(self, written: Token) -> Said:
        self._not_inherited("a tandem duplication")
        return _exactly(c.EventIs(gene=self.reader.symbol(str(written)), event=Event.ITD))

    # --- parts ---

    def _gene(self, written: str) -> Gene | None:
        return self.reader.vocabulary.gene(self.reader.symbol(written))

    def _mutation(self, written: str, **fields: Any) -> c.Mutation:
        origin = Origin.GERMLINE if self.germline else None
        return c.Mutation(genes=(self.reader.symbol(str(written)),), origin=origin, **fields)

    def _not_inherited(self, what: str) -> None:
        if self.germline:
            raise Rejected("profile", f"the language cannot say that {what} is inherited")


def _joined(kind: type[c.And] | type[c.Or], parts: list[Criterion]) -> Criterion:
    """Joined, each part once: ``FGFR2::v`` and ``FGFR2::?`` are one."""
    each = tuple(dict.fromkeys(parts))
    return kind(of=each) if len(each) > 1 else each[0]


def _exactly(criterion: Criterion) -> Said:
    return Said(criterion, criterion)


_Meaning = Callable[[_Builder, Token], Said]
_WHOLE: dict[str, _Meaning] = {
    "mutation": _Builder.bucket,
    "alteration": _Builder.altered,
    "activating": _Builder.driving,
    "damaging": _Builder.damaging,
    "loss of function": _Builder.lost_function,
    "biallelic": lambda b, g: b.lost_function(g, biallelic=True),
    "amplification": lambda b, g: b.copies(g, CopyCall.AMPLIFICATION),
    "deletion": lambda b, g: b.copies(g, CopyCall.DELETION),
    "loss": _Builder.lost,
    "overexpression": lambda b, g: b.protein(g, "overexpression"),
    "underexpression": lambda b, g: b.protein(g, "loss"),
    "wild-type": _Builder.wild,
    "methylation": _Builder.methylated,
    "promoter": lambda b, g: _exactly(b._mutation(g, promoter=True)),
    "truncating mutation": lambda b, g: b.of_class("truncating mutation")(g),
    "frameshift": lambda b, g: b.of_class("frameshift")(g),
    "ITD": _Builder.tandem,
}
