"""Measurements as people write them: ``TMB 12 mut/Mb``, ``HER2 IHC 2+ FISH negative``."""

from __future__ import annotations

import re
from functools import cached_property

from onkos.model import Measure, Measurement, Vocabulary
from onkos.model.names import name_key
from onkos.sources.patient.measure_value import read_value, status_table
from onkos.sources.patient.statement import NotUnderstood

_HLA = re.compile(
    r"^(?:HLA[\s-]*)?(A|B|C|DRB[1345]|DQA1|DQB1|DPA1|DPB1|E|G)\s?\*?\s?(\d{2,3})(?::?(\d{2,3}))?"
    r"((?::\d{2,3}){0,2})([NLSCAQ]?)$",
    re.IGNORECASE,
)
_SIGN = re.compile(r"\s?\(?([+-])(?:ve)?\)?$")
_SIGNED = re.compile(r"([A-Za-z]+\d*|PD-?L1)([+-])(?=[A-Za-z]|$)")
_FILLER = re.compile(
    r"\b(?:score|status|expression|result|level|staining|tumou?r proportion score|by IHC|by NGS"
    r"|by PCR|assay|of|is|was|the|a|typing|type|on|reported as)\b",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[:()\[\]]|(?<![<>])=")
_VALUE_WORDS = re.compile(r"^(?:\W*\d|positive|negative|pos\b|neg\b|high|low|<|>|\+|-$)", re.I)
# A name of the vocabulary has at most this many words.
_LONGEST_NAME = 5
_MOST_WORDS = 14
_LONGEST_TEXT = 160
_LIST = re.compile(r",(?!\d)")


class MeasureNames:
    """Reads measurements against one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._by_name = vocabulary.measure_by_name
        self._statuses: dict[str, dict[str, str]] = {}

    @cached_property
    def _families(self) -> dict[str, list[str]]:
        """First words shared by several measures, none of which is the word itself."""
        families: dict[str, set[str]] = {}
        for measure in self._vocabulary.measures:
            for name in (measure.name, *measure.aliases):
                first, _, more = name.partition(" ")
                if more:
                    families.setdefault(name_key(first), set()).add(measure.name)
        return {
            key: sorted(names)
            for key, names in families.items()
            if len(names) > 1 and key not in self._by_name
        }

    @cached_property
    def _whole(self) -> dict[str, tuple[Measure, str]]:
        """Words that are measure and status in one: ``MSS``, ``dMMR``, ``postmenopausal``."""
        table: dict[str, tuple[Measure, str]] = {}
        for measure in self._vocabulary.measures:
            keys = [name_key(name) for name in (measure.name, *measure.aliases)]
            for alias, status in measure.status_aliases.items():
                key = name_key(alias)
                if any(len(name) > 2 and name in key for name in keys):
                    table[key] = (measure, status)
            for word in measure.bare:
                table[name_key(word)] = (measure, word)
        return table

    def read(self, text: str) -> list[Measurement]:
        """The measurements of a text; none where it speaks of something else.

        Raises
        ------
        NotUnderstood
            Where it names a measure and the value is impossible or incomplete.
        """
        if len(text) > _LONGEST_TEXT or _LIST.search(text):
            return []
        allele = self._allele(text)
        if allele:
            return [allele]
        one = self._one(text)
        if one:
            return [one]
        return self._joined(text) or self._following(text)

    def _one(self, text: str) -> Measurement | None:
        whole = self._whole.get(name_key(text))
        if whole and not _SIGN.search(text):
            return Measurement(name=whole[0].name, status=whole[1])
        words = self._words(text)
        if not 0 < len(words) <= _MOST_WORDS:
            return None
        return self._forward(words) or self._backward(words)

    def _words(self, text: str) -> list[str]:
        """Words with a sign at the end spelt out where a measure's name stands before it."""
        sign = _SIGN.search(text)
        name = text[: sign.start()] if sign else ""
        if sign and (name_key(name) in self._by_name or self._family(name)):
            text = f"{name} {'positive' if sign.group(1) == '+' else 'negative'}"
        stuck, hyphen, status = text.rpartition("-")
        if hyphen and name_key(stuck) in self._by_name and status.isalpha():
            text = f"{stuck} {status}"
        return _MARKS.sub(" ", text).split()

    def _forward(self, words: list[str]) -> Measurement | None:
        """The measure first, then its value."""
        for count in range(min(_LONGEST_NAME, len(words)), 0, -1):
            key = name_key(" ".join(words[:count])) if name_key(words[count - 1]) else ""
            measure = self._by_name.get(key)
            if measure:
                return self._valued(measure, words[count:])
        return self._of_family(words)

    def _backward(self, words: list[str]) -> Measurement | None:
        """The value first: ``80 % TPS``, ``positive ER``."""
        for count in range(min(3, len(words) - 1), 0, -1):
            measure = self._by_name.get(name_key(" ".join(words[-count:])))
            value = " ".join(words[:-count])
            if measure and (value[0].isdigit() or self._status(measure).get(name_key(value))):
                return self._valued(measure, words[:-count])
        return None

    def _valued(self, measure: Measure, words: list[str]) -> Measurement | None:
        value = " ".join(_FILLER.sub(" ", " ".join(words)).split())
        if not value or any(name_key(word) in self._by_name for word in words):
            return None
        found = read_value(measure, value, self._status(measure))
        return found or self._sibling(measure, value)

    def _status(self, measure: Measure) -> dict[str, str]:
        table = self._statuses.get(measure.name)
        if table is None:
            table = self._statuses[measure.name] = status_table(measure)
        return table

    def _sibling(self, measure: Measure, value: str) -> Measurement | None:
        """``HER2 3+``: a status of ``HER2 IHC`` alone."""
        found = [
            Measurement(name=other.name, status=status)
            for other in self._vocabulary.measures
            if other.name.startswith(f"{measure.name} ")
            and (status := self._status(other).get(name_key(value)))
            and value in other.statuses
            and value[0].isdigit()
        ]
        return found[0] if len(found) == 1 else None

    def _family(self, word: str) -> list[str]:
        return self._families.get(name_key(word), [])

    def _of_family(self, words: list[str]) -> Measurement | None:
        """``PD-L1 80 %``: which score is not said; ``PD-L1 22C3 TPS 80 %``: it is."""
        known = self._family(words[0])
        if not known:
            return None
        if len(words) > 3:
            measure = self._by_name.get(name_key(f"{words[0]} {words[2]}"))
            if measure:
                return self._valued(measure, [*words[3:], f"({words[1]})"])
        rest = _FILLER.sub(" ", " ".join(words[1:])).strip()
        if _VALUE_WORDS.match(rest):
            raise NotUnderstood(
                f"{words[0]} is measured in several ways, and which one is not said",
                f"name it: {', '.join(f'{name} ...' for name in known)}",
            )
        return None

    def is_name(self, word: str) -> bool:
        """Whether a word is a measure's name, or the first word of several."""
        return name_key(word) in self._by_name or bool(self._family(word))

    def _allele(self, text: str) -> Measurement | None:
        bare = re.sub(r"\s(?:positive|present|detected)$|\+$", "", text, flags=re.IGNORECASE)
        typed = _HLA.match(bare)
        starts = text.upper().startswith("HLA") or "*" in text
        if typed and starts and (typed.group(3) or "*" in text):
            locus, group, protein, finer, suffix = typed.groups()
            name = f"HLA-{locus.upper()}*{group}" + (f":{protein}" if protein else "")
            return Measurement(name="HLA", status=f"{name}{finer}{suffix.upper()}")
        if starts and re.match(r"^HLA[\s-]*[ABC]\W?\d.*\b(?:negative|absent|not)\b", text, re.I):
            raise NotUnderstood(
                "an HLA allele that is absent", "give the alleles that are there: 'HLA-A*24:02'"
            )
        if re.match(r"^HLA[\s-]*[ABC]w?\d{1,2}$", bare, re.IGNORECASE):
            raise NotUnderstood(
                "a serological HLA type", "give the allele at two fields: 'HLA-A*02:01'"
            )
        return None

    def _joined(self, text: str) -> list[Measurement]:
        """``HR+/HER2-``, ``dMMR/MSI-H``, ``ER+PR+HER2-``: each part a measurement."""
        parts = [part.strip() for part in text.split("/")]
        if len(parts) == 1:
            signed = _SIGNED.findall(text.replace(" ", ""))
            parts = [name + sign for name, sign in signed]
            if len(parts) < 2 or "".join(parts) != text.replace(" ", ""):
                return []
        found: list[Measurement] = []
        context = parts[0].split(" ")[0] if parts[0] else ""
        for at, part in enumerate(parts):
            one = self._tried(part) or (self._tried(f"{context} {part}") if at else None)
            if one is None:
                return []
            found.append(one)
        return found

    def _tried(self, text: str) -> Measurement | None:
        try:
            return self._one(text)
        except NotUnderstood:
            return None

    def _following(self, text: str) -> list[Measurement]:
        """``HER2 IHC 2+ FISH negative``: the second under the first word of the first."""
        words = _MARKS.sub(" ", text.replace("/", " ")).split()
        if not 3 <= len(words) <= _MOST_WORDS:
            return []
        for at in range(2, len(words)):
            first = self._tried(" ".join(words[:at]))
            if first is None:
                continue
            rest = " ".join(words[at:])
            second = self._tried(f"{words[0]} {rest}") or self._tried(rest)
            if second is not None:
                return [first, second]
            more = self._following(rest)
            if more:
                return [first, *more]
        return []

    def in_context(self, first: str, text: str) -> list[Measurement]:
        """``ISH negative`` after ``HER2 2+``: under the first word of what stood before."""
        word = first.split(" ")[0]
        one = self._tried(f"{word} {text}")
        return [one] if one and one.name.startswith(f"{word} ") else []
