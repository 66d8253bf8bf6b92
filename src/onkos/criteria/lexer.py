"""Words of the criteria language: keywords, and symbols of the vocabulary, longest match first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lark import Token

from onkos.criteria.symbols import Symbols
from onkos.errors import CriterionError
from onkos.model.names import name_key, nearest
from onkos.model.protein import one_letter, parse_protein

_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?![\w.])")
_PUNCTUATION = {
    "(": "LPAR", ")": "RPAR", "/": "SLASH", ",": "COMMA", "%": "PERCENT", "::": "PAIR",
    ">=": "OP", "<=": "OP", ">": "OP", "<": "OP", "=": "OP", "≥": "OP", "≤": "OP", "-": "DASH",
    "–": "DASH",
}  # fmt: skip
_OPS = {"≥": ">=", "≤": "<="}
_CYTOGENETIC = re.compile(r"(?:t|del|inv|add|dup|der|ins|gain|i|r)\([^)]*\)(?:\([^)]*\))?")
_HLA = re.compile(r"HLA-[A-Z]{1,4}\d?\*\d{2,3}(?::\d{2,3})*")
_HGVS = (
    r"[A-Z*][a-z]{0,2}\d+(?:_[A-Z*][a-z]{0,2}\d+)?"
    r"(?:delins|del|dup|ins|fs|_splice|>|ext|=|\?)?[A-Za-z*]*\d*(?:/[A-Z*])*"
)
_CHANGE = re.compile(rf"p\.\({_HGVS}\)|(?:p\.)?{_HGVS}")
_RESIDUE = re.compile(r"[ACDEFGHIKLMNPQRSTVWY]\d+")
_LETTERS = re.compile(r"[ACDEFGHIKLMNPQRSTVWY]\d+[A-Z*](?:/[A-Z*])+")
_STAGE = re.compile(r"(?:0|IV|I{1,3})[ABC]?\d?", re.IGNORECASE)
_STRING = re.compile(r'"([^"]*)"')
_WORD = re.compile(r"[^\s(),/%\"<>=≥≤]+")
_TWO_WORDS = re.compile(r"\s*([^\s(),/%\"]+)(?:\s+[^\s(),/%\"]+)?")
_LOSS = "bare 'loss' is ambiguous: write 'loss of function', 'deletion' or 'protein loss'"


def tokens(text: str, symbols: Symbols) -> Iterator[Token]:
    """Tokens of an expression, left to right.

    A word means what its place allows: after a gene, ``V600`` is a residue; after
    ``disease``, ``BRCA`` is a code of OncoTree; after a measure, ``3+`` is a status.

    Raises
    ------
    CriterionError
        At the first word that is not known, with the nearest ones.
    """
    return iter(_Reader(text, symbols))


class _Reader:
    """Walks one text from left to right."""

    def __init__(self, text: str, symbols: Symbols) -> None:
        self.text, self.symbols = text, symbols
        self.at, self.last, self.measure = 0, "", ""
        self.gene, self.excepting = "", False

    def __iter__(self) -> Iterator[Token]:
        while True:
            gap = _SPACE.match(self.text, self.at)
            self.at = gap.end() if gap else self.at
            if self.at >= len(self.text):
                return
            kind, value, end = self._next()
            token = Token(kind, value, start_pos=self.at, column=self.at + 1, end_pos=end)
            self._remember(kind, value)
            self.at = end
            yield token

    def _remember(self, kind: str, value: str) -> None:
        self.last = kind
        if kind == "GENE":
            self.gene = value
        if kind == "MEASURE":
            self.measure = value
        self.excepting = kind == "EXCEPT" or (self.excepting and kind in {"COMMA", "CHANGE"})

    def _next(self) -> tuple[str, str, int]:
        after = {
            "SEX": self._sex, "STAGE": self._stage, "SETTING": self._setting, "AT": self._at,
            "PRIOR": self._drug, "PRIOR_LINES": self._drug, "PROGRESSED": self._drug,
            "COMEDICATION": self._drug, "DISEASE": self._disease,
            "MEASURE": self._status, "CLASS": self._string,
        }.get(self.last)  # fmt: skip
        found = after() if after else None
        for read in (self._change, self._special, self._phrase, self._number, self._punctuation):
            if found:
                return found
            found = read()
        if found:
            return found
        raise self._unknown()

    def _sex(self) -> tuple[str, str, int] | None:
        return self._word_of({"female": "female", "male": "male"}, "STATUS_SEX")

    def _word_of(self, table: dict[str, str], kind: str) -> tuple[str, str, int] | None:
        """Longest run of up to four words whose key is in `table`."""
        for end in self._word_ends():
            value = table.get(name_key(self.text[self.at : end]))
            if value is not None:
                return kind, value, end
        return None

    def _word_ends(self) -> list[int]:
        ends: list[int] = []
        at = self.at
        while len(ends) < 5:
            gap = _SPACE.match(self.text, at)
            word = _WORD.match(self.text, gap.end() if gap else at)
            if not word:
                break
            at = word.end()
            ends.append(at)
        return ends[::-1]

    def _stage(self) -> tuple[str, str, int] | None:
        found = _STAGE.match(self.text, self.at)
        return ("STAGE_WORD", found.group().upper(), found.end()) if found else None

    def _setting(self) -> tuple[str, str, int]:
        found = self._word_of(self.symbols.settings, "SETTING_WORD")
        if not found:
            raise self._unknown("setting", self.symbols.settings.values())
        return found

    def _drug(self) -> tuple[str, str, int]:
        quoted = _STRING.match(self.text, self.at)
        key = name_key(quoted.group(1)) if quoted else ""
        if quoted and key in self.symbols.drugs:
            return "DRUG", self.symbols.drugs[key], quoted.end()
        found = self._word_of(self.symbols.drugs, "DRUG")
        if not found and name_key(self._here()) == "class":
            return "CLASS", "class", self.at + len("class")
        if not found:
            raise self._unknown("drug", self.symbols.drugs.values())
        return found

    def _string(self) -> tuple[str, str, int]:
        found = _STRING.match(self.text, self.at)
        if not found:
            raise CriterionError(self.text, self.at + 1, 'expected a class in quotes: "EGFR TKI"')
        value = self.symbols.classes.get(name_key(found.group(1)))
        if value is None:
            raise self._unknown("class of drugs", self.symbols.classes.values(), found.group(1))
        return "STRING", value, found.end()

    def _disease(self) -> tuple[str, str, int]:
        code = self._here()
        if code not in self.symbols.diseases:
            raise self._unknown("disease code", self.symbols.diseases)
        return "DISEASE_CODE", code, self.at + len(code)

    def _status(self) -> tuple[str, str, int] | None:
        return self._word_of(self.symbols.statuses.get(self.measure, {}), "STATUS")

    def _at(self) -> tuple[str, str, int] | None:
        found = re.compile(r"[123]\+").match(self.text, self.at)
        return ("STATUS_AT", found.group(), found.end()) if found else None

    def _change(self) -> tuple[str, str, int] | None:
        """A protein change; only after a gene or in a list of exceptions."""
        if self.last != "GENE" and not (self.excepting and self.last in {"EXCEPT", "COMMA"}):
            return None
        found = _CHANGE.match(self.text, self.at)
        if not found or (found.end() < len(self.text) and self.text[found.end()].isalnum()):
            return None
        value = self._read_change(found.group())
        return ("CHANGE", value, found.end()) if value else None

    def _read_change(self, written: str) -> str:
        short = one_letter(written)
        if _RESIDUE.fullmatch(short) or _LETTERS.fullmatch(short):
            return short
        if "/" in short:
            raise CriterionError(
                self.text, self.at + 1, "letters may alternate at one residue only (V600E/K)"
            )
        if short in self.symbols.domains.get(self.gene, {}):
            return ""
        try:
            return parse_protein(short).text
        except ValueError as error:
            raise CriterionError(self.text, self.at + 1, str(error)) from None

    def _special(self) -> tuple[str, str, int] | None:
        """Symbols with their own punctuation: HLA alleles, cytogenetics, FLT3-ITD."""
        allele = _HLA.match(self.text, self.at)
        if allele:
            return "HLA", allele.group(), allele.end()
        for end in self._spans(self.symbols.longest_karyotype):
            name = self.symbols.karyotypes.get(_squeeze(self.text[self.at : end]))
            if name:
                return "CYTOGENETIC", name, end
        banded = _CYTOGENETIC.match(self.text, self.at)
        if banded:
            return "CYTOGENETIC", _squeeze(banded.group()), banded.end()
        event = _WORD.match(self.text, self.at)
        if event and event.group() in self.symbols.events:
            return "EVENT", event.group(), event.end()
        return None

    def _spans(self, longest: int) -> Iterator[int]:
        """Ends at which a word may stop, farthest first."""
        limit = min(len(self.text), self.at + longest + 2)
        for end in range(limit, self.at, -1):
            inside = end < len(self.text) and (self.text[end].isalnum() or self.text[end] in "*_")
            if not inside and not self.text[end - 1].isspace():
                yield end

    def _phrase(self) -> tuple[str, str, int] | None:
        """The longest keyword, gene, measure, domain or bare status that starts here."""
        for end in self._spans(self.symbols.longest):
            found = self._antigen(end) or self._lookup(self.text[self.at : end])
            if found:
                return (*found, end)
        return None

    def _antigen(self, end: int) -> tuple[str, str] | None:
        """A name that is both a gene and a measure is a measure before a status or a number."""
        span = self.text[self.at : end]
        measure = self.symbols.measures.get(" ".join(span.casefold().split()))
        if measure is None or span not in self.symbols.genes:
            return None
        following = _TWO_WORDS.match(self.text, end)
        word, both = (following.group(1), following.group(0)) if following else ("", "")
        known = self.symbols.statuses[measure]
        is_status = name_key(word) in known or name_key(both) in known
        return ("MEASURE", measure) if is_status or word[:1] in {">", "<", "=", "≥", "≤"} else None

    def _lookup(self, span: str) -> tuple[str, str] | None:
        domains = self.symbols.domains.get(self.gene, {})
        if self.last == "GENE" and span.casefold() in domains:
            return "DOMAIN", domains[span.casefold()]
        if span in self.symbols.genes and self.last not in {"GENE"}:
            return "GENE", self.symbols.genes[span]
        key = " ".join(span.casefold().split())
        if key in self.symbols.keywords:
            return self.symbols.keywords[key], key
        if key in self.symbols.bare:
            return "BARE_STATUS", self.symbols.bare[key]
        measure = self.symbols.measures.get(key)
        return ("MEASURE", measure) if measure else None

    def _number(self) -> tuple[str, str, int] | None:
        found = _NUMBER.match(self.text, self.at)
        return ("NUMBER", found.group(), found.end()) if found else None

    def _punctuation(self) -> tuple[str, str, int] | None:
        for width in (2, 1):
            mark = self.text[self.at : self.at + width]
            if mark in _PUNCTUATION:
                return _PUNCTUATION[mark], _OPS.get(mark, mark), self.at + width
        return None

    def _here(self) -> str:
        word = _WORD.match(self.text, self.at)
        return word.group() if word else self.text[self.at]

    def _unknown(
        self, kind: str = "word", names: object = None, word: str | None = None
    ) -> CriterionError:
        word = word or self._here()
        if word.casefold() == "loss":
            return CriterionError(self.text, self.at + 1, _LOSS)
        known = list(names) if names is not None else self.symbols.all_words  # type: ignore[call-overload]
        near = nearest(word, known)
        hint = f"; nearest: {', '.join(near)}" if near else ""
        return CriterionError(self.text, self.at + 1, f"unknown {kind} {word!r}{hint}")


def _squeeze(text: str) -> str:
    return text.casefold().replace(" ", "")
