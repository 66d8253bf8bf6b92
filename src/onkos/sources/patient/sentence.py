"""From a whole text to its findings: sentences, parts joined by "and", and what "no" reaches."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from onkos.model import Alteration, Measurement, Phase, SmallVariant, Vocabulary
from onkos.sources.patient.genotype_text import genotype
from onkos.sources.patient.in_situ import in_situ, is_in_situ
from onkos.sources.patient.iscn_text import end_of_karyotype
from onkos.sources.patient.karyotype_text import is_karyotype, karyotype
from onkos.sources.patient.one_statement import Found, Statements
from onkos.sources.patient.statement import (
    LONGEST_STATEMENT,
    NotUnderstood,
    clean,
    denies_first,
    refuse_doubt,
    take_off,
    without_last_verb,
)

_HARD = re.compile(r"[;\n\r|]+(?![^()\n]*\))")
_SOFT = re.compile(
    r"\s*,\s*(?:and\s+|but\s+)?(?![^()]*\))(?<!\d,)|\s+(?=without\s)"
    r"|\s+(?:and|but|plus|with|&|\+|/|or|nor)\s+",
    re.IGNORECASE,
)
_OR = re.compile(r"(?:^|\s)(?:or|nor)(?:\s|$)", re.IGNORECASE)
_HEADING = re.compile(r"^([A-Za-z][^:,]*?)\s?:\s")
_DECIMAL_COMMA = re.compile(r"\d\s*,\s*\d")
_PHASE = re.compile(
    r"^(?P<first>.+?)(?:\s*\(?\s*|\s+)(?:in\s+)?(?P<how>cis|trans)\)?(?:\s+(?:with|to)\s+(?P<second>.+))?$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s+(?:and|with|&|\+)\s+|\s*/\s*|\s*,\s*", re.IGNORECASE)
_IN_WORDS = "give it in words where it matters"
_TWO_EACH = "two signals of each probe; give in words what that excludes ('no KMT2A rearrangement')"
_UNSURE_JOIN = "an 'or' leaves open which was found"


@dataclass(slots=True)
class Reading:
    """What one text told, and the parts of it that were not understood."""

    alterations: list[Alteration] = field(default_factory=list)
    phases: list[Phase] = field(default_factory=list)
    measurements: list[Measurement] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    problems: list[tuple[str, NotUnderstood]] = field(default_factory=list)

    def take(self, found: Found) -> None:
        """Take in the findings of one statement."""
        self.alterations += found.alterations
        self.measurements += found.measurements
        self.notices += found.notices


class Sentences:
    """Reads whole texts against one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._statements = Statements(vocabulary)

    def read(self, text: str, reading: Reading) -> None:
        """Put the findings of a text, and its problems, into `reading`.

        Raises
        ------
        NotUnderstood
            Where nothing of it is.
        """
        if is_karyotype(text):
            self._karyotype(text, reading)
            return
        if is_in_situ(text):
            self._in_situ(text, reading)
            return
        measured = genotype(text, self._vocabulary)
        if measured is not None:
            reading.measurements += measured
            return
        sentences = [clean(part) for part in _HARD.split(text[: 10 * LONGEST_STATEMENT])]
        sentences = [sentence for sentence in sentences if sentence]
        if not sentences or len(text) > 10 * LONGEST_STATEMENT:
            reason = "too long" if sentences else "empty"
            raise NotUnderstood(reason, "give one finding in each entry")
        for sentence in sentences:
            try:
                self._sentence(sentence, reading)
            except NotUnderstood as error:
                reading.problems.append((sentence, error))

    def _sentence(self, text: str, reading: Reading) -> None:
        if len(text) > LONGEST_STATEMENT:
            raise NotUnderstood("too long for one finding", "give one finding in each entry")
        phased = _PHASE.match(text)
        if phased:
            self._phase(phased, reading)
            return
        try:
            reading.take(self._statements.read(text))
        except NotUnderstood as error:
            self._parts(text, reading, error)

    def _karyotype(self, text: str, reading: Reading) -> None:
        found = karyotype(text, self._vocabulary)
        reading.alterations.append(found)
        for part in (*found.unread, *found.beside):
            error = NotUnderstood("a part of the karyotype", _IN_WORDS)
            reading.problems.append((part, error))
        beside = text[end_of_karyotype(text) :]
        if is_in_situ(beside):
            self._in_situ(beside, reading)

    def _in_situ(self, text: str, reading: Reading) -> None:
        found = in_situ(text, self._vocabulary)
        unread = list(found.unread)
        for words, present in found.said.items():
            try:
                reading.take(self._statements.read(words if present else f"no {words}"))
            except NotUnderstood:
                unread.append(f"ish {words}")
        if unread and not found.said and not reading.alterations:
            raise NotUnderstood(f"{unread[0]!r}: a probe that is not known", _IN_WORDS)
        for part in unread:
            reading.problems.append((part, NotUnderstood("a probe that is not known", _IN_WORDS)))
        shown = [w if present else f"no {w}" for w, present in found.said.items()]
        if not unread:
            reading.notices.append(
                f"in situ hybridisation read as: {', '.join(shown) or _TWO_EACH}"
            )

    def _parts(self, text: str, reading: Reading, whole: NotUnderstood) -> None:
        """Read the parts of a list one by one; `whole` is why the text did not read as one."""
        parts = [part.strip() for part in _SOFT.split(text) if part.strip()]
        parts = _with_attributes(parts)
        if len(parts) == 1 or _DECIMAL_COMMA.search(text):
            raise whole
        refuse_doubt(text)
        self._refuse_heading(text)
        if denies_first(text):
            text = without_last_verb(text)
            parts = [part.strip() for part in _SOFT.split(text) if part.strip()]
            parts = _each_denied(text, _with_attributes(parts))
        elif _OR.search(text):
            raise NotUnderstood(_UNSURE_JOIN, "give what was found, or 'no X' for what was not")
        else:
            self._refuse_far_denial(parts)
        found: list[Found] = []
        for part in parts:
            try:
                found.append(self._statements.read(part, found[-1] if found else None))
            except NotUnderstood as error:
                # a word not understood in one part may speak of all ("excluded: A, B")
                raise NotUnderstood(f"{part!r}: {error.reason}", error.remedy) from whole
        for one in found:
            reading.take(one)

    def _refuse_heading(self, text: str) -> None:
        """Refuse ``Negative: A, B``, whose heading speaks of all that follows."""
        heading = _HEADING.match(text)
        if heading and not self._statements.is_subject(heading.group(1)):
            raise NotUnderstood(
                f"what '{heading.group(1)}' says of each finding is not clear",
                "give one entry for each finding",
            )

    def _refuse_far_denial(self, parts: list[str]) -> None:
        """Refuse ``A and B not detected``: whether A was found is not clear."""
        *earlier, last = parts
        core, said = take_off(last)
        if not said.denied_last or denies_first(last) or said.wild_type:
            return
        head = self._statements.head(core)
        if (head and (not head.rest or " " not in core)) or self._statements.is_measured(last):
            return
        open_ones = [part for part in earlier if not self._is_settled(part)]
        if open_ones:
            raise NotUnderstood(
                f"whether '{open_ones[0]}' was found is not clear",
                "repeat 'not detected' or 'detected' for each",
            )

    def _is_settled(self, part: str) -> bool:
        return take_off(part)[1].present is not None or self._statements.is_measured(part)

    def _phase(self, phased: re.Match[str], reading: Reading) -> None:
        """``EGFR C797S and T790M in trans``: two variants, and where they lie."""
        texts = [phased["first"]]
        if phased["second"]:
            texts.append(phased["second"])
        else:
            texts = [part for part in _BETWEEN.split(phased["first"].rstrip(" ,")) if part]
        remedy = "write 'EGFR C797S and T790M in trans'"
        if len(texts) != 2 or denies_first(texts[0]) or texts[0].casefold().endswith(" not"):
            raise NotUnderstood("cis or trans of what is not clear", remedy)
        first = self._statements.read(texts[0])
        second = self._statements.read(texts[1], first)
        changes = [*first.alterations, *second.alterations]
        variants = [one for one in changes if isinstance(one, SmallVariant) and one.protein]
        if len(variants) != 2 or len(changes) != 2 or variants[0].gene != variants[1].gene:
            raise NotUnderstood("cis and trans are said of two changes of one gene", remedy)
        reading.take(first)
        reading.take(second)
        one, other = variants
        cis = phased["how"].casefold() == "cis"
        reading.phases.append(
            Phase(gene=one.gene, first=one.protein, second=other.protein, cis=cis)
        )


def _with_attributes(parts: list[str]) -> list[str]:
    """Parts that only say more of the one before (``VAF 12 %``, ``germline``) joined to it."""
    joined: list[str] = []
    for part in parts:
        if joined and _is_attribute(part):
            joined[-1] += f" {part}"
        else:
            joined.append(part)
    return joined


def _is_attribute(part: str) -> bool:
    try:
        core, said = take_off(part)
    except NotUnderstood:
        return False
    return not core and said.present is None


def _each_denied(text: str, parts: list[str]) -> list[str]:
    """The parts of ``no A or B`` with "no" before each; parts that say it themselves stay.

    Raises
    ------
    NotUnderstood
        Where it is not clear how far "no" reaches.
    """
    later = parts[1:]
    if all(denies_first(part) or take_off(part)[1].present is not None for part in later):
        return parts
    joiners = [joiner.strip(" ,").casefold() for joiner in _SOFT.findall(text)]
    if joiners[-1] in {"or", "nor"} and set(joiners) <= {"or", "nor", ""}:
        return [parts[0], *(f"no {part}" for part in later)]
    raise NotUnderstood("how far 'no' reaches is not clear", "repeat 'no' before each finding")
