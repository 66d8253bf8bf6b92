"""Words of CIViC's molecular profiles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lark import Token

from onkos.sources.patient.tables import Rejected

_LOGIC = re.compile(r"(AND|OR|NOT)(?=\s)|(\()(?=\s)|(\))")
_END = re.compile(r"\s+(?:AND|OR)\s|\s+\)|$")
_PAIR = re.compile(r"([\w@.-]+|\?)::([\w@.-]+|\?)")
_CODING = re.compile(r"\((c\.[^)]*)\)$")
_EXON = re.compile(r"exon (\d+)(?:-(\d+))? (.+)", re.IGNORECASE)
_RESIDUES = re.compile(r"[A-Z]\d+(?:/[A-Z]\d+)+")
_CHANGE = re.compile(r"(?:p\.)?[A-Z*]?\d+[^\s]*|[A-Z*]\d+[^\s]*")
_DNA = re.compile(r"c\.|IVS|\d+del[ACGT]", re.IGNORECASE)

# The variant of a whole gene, and what it says; all of it must fit.
WORDS = {
    "mutation": "mutation", "mutations": "mutation", "alteration": "alteration",
    "activating mutation": "activating", "gain-of-function": "activating",
    "deleterious mutation": "damaging", "inactivating mutation": "damaging",
    "loss-of-function": "loss of function", "biallelic inactivation": "biallelic",
    "amplification": "amplification", "loss": "loss", "deletion": "deletion",
    "overexpression": "overexpression", "expression": "overexpression",
    "underexpression": "underexpression", "wildtype": "wild-type", "wild-type": "wild-type",
    "wild type": "wild-type", "promoter methylation": "methylation",
    "promoter hypermethylation": "methylation", "methylation": "methylation",
    "promoter mutation": "promoter", "truncating mutation": "truncating mutation",
    "truncation": "truncating mutation", "frameshift": "frameshift",
    "frameshift truncation": "frameshift", "frameshift mutation": "frameshift",
    "itd": "ITD", "internal tandem duplication": "ITD",
}  # fmt: skip
FUSIONS = {"fusion": "FUSION", "fusions": "FUSION"}
REARRANGEMENTS = {"rearrangement": "REARRANGEMENT", "rearrangements": "REARRANGEMENT"}
EXON_WORDS = {
    "mutation": "mutation", "mutations": "mutation", "deletion": "deletion", "del": "deletion",
    "insertion": "insertion", "frameshift": "frameshift", "skipping mutation": "skipping",
    "skipping": "skipping",
}  # fmt: skip

# What our language has no word for, told by the first that fits, in any case of letters.
_REASONS = tuple(
    (re.compile(pattern, re.IGNORECASE), reason)
    for pattern, reason in (
        (
            r"e\d+(?:::|-|;)[ea]\d+",
            "the language names fusions by their genes, not by the exons that they join",
        ),
        (
            r"\brs\d+|polymorphism|genotype|\w\*\d+[A-Z]?\b|SNP\d+",
            "the language has no inherited polymorphisms by rs number or haplotype",
        ),
        (
            r"c\.|IVS|\d+del[ACGT]",
            "the language names changes by the protein, not by coding bases",
        ),
        (r"phosphorylation", "the language has no phosphorylation"),
        (r"serum|peri-therapeutic", "the language has no levels in serum or on treatment"),
        (r"nuclear|cytoplasmic", "the language has no place of a protein in the cell"),
        (r"expression|CD44v6", "the language has no expression of one isoform or exon"),
        (r"\brare\b", "rare mutations are not told one by one"),
        (r"\bloh\b|heterozygosity", "the language has no loss of heterozygosity of a gene"),
        (r"alternative transcript", "the language has no alternative transcripts"),
        (r"splice", "one change of a splice site has no name in the protein"),
        (r"rearrangement|translocation", "narrower than any rearrangement of the gene"),
        (r"copy number", "gain or loss is not told"),
        (r"methylation", "the language has no such methylation"),
        (r"null|deletion", "the language has no such deletion"),
    )
)


class ProfileLexer:
    """Tokens of a profile.

    Parameters
    ----------
    phrases : dict of str to str
        Whole variants that have an expression of their own, in small letters.
    domains : dict of str to tuple of str
        Words of domains.
    """

    def __init__(self, phrases: dict[str, str], domains: dict[str, tuple[str, ...]]) -> None:
        self.phrases = {name.casefold(): rule for name, rule in phrases.items()}
        self.domains = domains

    def tokens(self, text: str) -> Iterator[Token]:
        """All tokens, left to right.

        Raises
        ------
        Rejected
            At the first variant that no word of the grammar fits, with the reason.
        """
        at = 0
        while at < len(text):
            if text[at].isspace():
                at += 1
                continue
            logic = _LOGIC.match(text, at)
            if logic:
                word = logic.group()
                yield Token({"(": "LPAR", ")": "RPAR"}.get(word, word), word)
                at = logic.end()
                continue
            end = _END.search(text, at)
            stop = end.start() if end else len(text)
            yield from self._variant(" ".join(text[at:stop].split()))
            at = stop

    def _variant(self, text: str) -> Iterator[Token]:
        if text.casefold() in self.phrases:
            yield Token("PHRASE", self.phrases[text.casefold()])
            return
        feature, _, rest = text.partition(" ")
        rest = rest.removeprefix(f"{feature} ")  # "PRPS1 PRPS1 MUTATION"
        pair = _PAIR.fullmatch(feature)
        if pair and rest.casefold() in {"", *FUSIONS, *REARRANGEMENTS}:
            yield Token("PAIR", feature)
            kind = {**FUSIONS, **REARRANGEMENTS}.get(rest.casefold())
            if kind:
                yield Token(kind, rest)
            return
        tail = None if pair or not rest else self._tail(rest)
        if tail is None:
            raise Rejected("profile", reason_for(text), text=text)
        yield Token("GENE", feature)
        yield from tail

    def _tail(self, text: str) -> list[Token] | None:
        key = text.casefold()
        for kind, table in (
            ("WORD", WORDS),
            ("FUSION", FUSIONS),
            ("REARRANGEMENT", REARRANGEMENTS),
        ):
            if key in table:
                return [Token(kind, table[key])]
        if key in self.domains:
            return [Token("DOMAIN", key)]
        exon = _EXON.fullmatch(text)
        if exon:
            word = EXON_WORDS.get(exon[3].casefold())
            span = f"{exon[1]}-{exon[2] or exon[1]}"
            return (
                [Token("EXON", ""), Token("SPAN", span), Token("EXON_WORD", word)] if word else None
            )
        if _RESIDUES.fullmatch(text):
            return [Token("RESIDUES", text)]
        coding = _CODING.search(text)
        change = text[: coding.start()].strip() if coding else text
        if not _CHANGE.fullmatch(change) or _DNA.match(change):
            return None
        return [Token("CHANGE", change), *([Token("CODING", coding[1])] if coding else [])]


def reason_for(text: str) -> str:
    """Why a variant cannot be said."""
    found = (reason for pattern, reason in _REASONS if pattern.search(text))
    return next(found, "no word of the language means this")
