"""One statement of a report: cleaned, and what it says beside its subject taken off."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from onkos.model import Oncogenicity, Origin

# A sentence of a report is under 200 characters; more is a paragraph, which is not read.
LONGEST_STATEMENT = 400

_LOOKALIKES = str.maketrans(
    {
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "\xad": "", "\u200b": "",
        "“": '"', "”": '"', "‘": "'", "’": "'", "×": "x", "＋": "+", "％": "%", "，": ",",
        "：": ":", "；": ";", "（": "(", "）": ")", "≥": ">=", "≤": "<=", "≈": "~", "→": ">",
    }
)  # fmt: skip
_SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")
_HEDGE = re.compile(
    r"\b(?:not (?:yet )?(?:tested|done|performed|assessed|evaluated|evaluable|assessable|available"
    r"|known|reported|determined|informative|clear|sure)|untested|unknown(?! significance)|pending"
    r"|awaited|awaiting|failed|insufficient|inconclusive|indeterminate|possibl[ey]|probabl[ey]"
    r"|suspected|suspicious|suspicion|cannot|rule[sd]? out|query|borderline|unclear|uninformative"
    r"|uncertain(?! significance)|no result|qns|n/a|n\.a\.|nd|tbd|presumed|presumably|maybe"
    r"|suggests|suggestive|versus|vs)\b|\?$|\?\s|(?<=[A-Za-z])\?",
    re.IGNORECASE,
)
_FAMILY = re.compile(r"\b(?:family|familial|mother|father|sister|brother|aunt|uncle)\b", re.I)

_NO = (
    r"no evidence (?:of|for)|no|not|without|negative for|neg for|absence of|absent|lack of|lacks"
    r"|lacking"
)
_NEGATIVE_FIRST = re.compile(rf"^(?:{_NO})(?:\b|(?=:))[:\s]*", re.IGNORECASE)
_POSITIVE_FIRST = re.compile(
    r"^(?:positive for|presence of|harbou?rs|carries|detected)\b[:\s]*", re.IGNORECASE
)
_DENIED_VERB = re.compile(
    r"\b(?:not|non|un)[\s-]?(?=(?:mutated|rearranged|amplified|deleted|methylated|translocated"
    r"|fused|codeleted|co-deleted)\b)",
    re.IGNORECASE,
)
_IS = r"[\s:,=-]*\b(?:(?:is|are|was|were|status)\s+)?"
_NEGATIVE_LAST = re.compile(
    rf"{_IS}(?:not (?:detected|found|identified|seen|present|observed)|undetected|undetectable"
    r"|none detected|not there|negative|neg)$|[\s:,=-]+absent$",
    re.IGNORECASE,
)
_NO_CHANGE_LAST = re.compile(
    rf"{_IS}no (mutation|fusion|rearrangement|amplification|deletion|variant)s?"
    r"(?: (?:detected|found|identified|seen))?$",
    re.IGNORECASE,
)
_WILD_TYPE = re.compile(r"[\s:,=-]*\b(?:wild[\s-]?type|wt)\b", re.IGNORECASE)
_POSITIVE_LAST = re.compile(
    rf"{_IS}(?:detected|found|identified|seen|present|observed|confirmed|positive|pos)$", re.I
)
# "no EGFR mutation detected": the verb belongs to the denial before it.
_VERB_LAST = re.compile(
    r"\s(?:(?:was|were|is|are) )?(?:detected|found|identified|seen|present|observed)$", re.I
)
_SIGN_LAST = re.compile(r"(?<=[A-Za-z0-9])\s?(\+|-)(?:ve)?$")

_GERMLINE = re.compile(r"\b(?:germ[\s-]?line|constitutional|hereditary|inherited)\b", re.IGNORECASE)
_SOMATIC = re.compile(r"\b(?:somatic|acquired)\b", re.IGNORECASE)
_STANDINGS = (
    (r"likely[\s-]?pathogenic|likely[\s-]?oncogenic", Oncogenicity.LIKELY_ONCOGENIC),
    (r"likely[\s-]?benign", Oncogenicity.LIKELY_BENIGN),
    (
        r"VUS|(?:variants? )?of (?:uncertain|unknown) (?:clinical )?significance"
        r"|(?:uncertain|unknown) (?:clinical )?significance",
        Oncogenicity.UNCERTAIN,
    ),
    (r"pathogenic|oncogenic|deleterious", Oncogenicity.ONCOGENIC),
    (r"benign", Oncogenicity.BENIGN),
)
_STANDING = [(re.compile(rf"\b(?:{words})\b", re.I), standing) for words, standing in _STANDINGS]
_FRACTION = re.compile(
    r"(?:@|\bat\b|\bwith\b)?\s*(?:(?<![\w>])(?:an?|variant|mutant)\s+)*\b(?:VAF|MAF|AF|VF"
    r"|allel(?:e|ic) (?:fraction|frequency|freq|burden))\b\s*(?:of|is|=|:|~)?\s*"
    r"(-?\d+(?:[.,]\d+)?)\s*(%|percent)?",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    r"(?:@|\bat\b)?\s*(?<![\w.<>=,-])(-?\d+(?:\.\d+)?)\s*(?:%|percent\b)"
    r"(?:\s*\b(?:VAF|MAF|AF|VF|allel(?:e|ic) (?:fraction|frequency))\b)?",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:LoD|limit of detection|sensitivity)\b\s*(?:of|is|=|:|<|~)*\s*\d+(?:\.\d+)?\s*%", re.I
)
_COPIES = re.compile(
    r"\b(?:copy[\s-]?number|copies|CN)\b\s*(?:of|is|=|:|~)?\s*(\d+(?:\.\d+)?)(?!\s*%)"
    r"|\b(\d+(?:\.\d+)?)\s*copies\b",
    re.IGNORECASE,
)
# Stands where something was taken off, so that what it parted is not read as one list.
TAKEN = "\x00"
_GAP = f" {TAKEN} "
_PROTEIN_BRACKETS = re.compile(r"(p\.)[(\[]([^()\[\]]*)[)\]]")
_GROUP = re.compile(r"[()\[\]]")


class NotUnderstood(ValueError):
    """A statement that cannot be read, with the way out."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


@dataclass(slots=True, kw_only=True)
class Said:
    """What a statement says beside its subject.

    Attributes
    ----------
    present : bool or None
        What it says outright; None where it only names the finding.
    wild_type : bool
        Whether the denial was "wild type", which speaks of mutations alone.
    denied_last : bool
        Whether the denial stood at the end, where it may reach back to other findings.
    """

    present: bool | None = None
    wild_type: bool = False
    denied_last: bool = False
    origin: Origin = Origin.UNKNOWN
    vaf: float | None = None
    standing: Oncogenicity | None = None
    copies: float | None = None
    notices: list[str] = field(default_factory=list)


def clean(text: str) -> str:
    """The text with one kind of dash and quote, and single blanks.

    >>> clean("  EGFR – L858R. ")
    'EGFR - L858R'
    """
    plain = _SPACE.sub(" ", text.translate(_LOOKALIKES)).strip(" \"'`;,")
    return plain.rstrip(".") if not plain.endswith("c.") else plain


def denies_first(text: str) -> bool:
    """Whether a statement begins with its denial: "no", "not", "negative for".

    >>> denies_first("no EGFR mutation"), denies_first("NOTCH1 mutation")
    (True, False)
    """
    return bool(_NEGATIVE_FIRST.match(text))


def without_last_verb(text: str) -> str:
    """``no EGFR mutation detected`` without its verb."""
    return _VERB_LAST.sub("", text)


def refuse_doubt(text: str) -> None:
    """Refuse what says that nothing is known, or speaks of someone else.

    Raises
    ------
    NotUnderstood
    """
    if _HEDGE.search(text) and not re.search(r"(?:ext\*?|fs\*|\d|::|p\.)\?$|^\?::", text):
        raise NotUnderstood(
            "says nothing definite",
            "give what was found or what was excluded; leave out what was not tested",
        )
    if _FAMILY.search(text):
        raise NotUnderstood("speaks of the family", "give the patient's own findings")


def take_off(text: str) -> tuple[str, Said]:
    """The subject of a statement, and what is said of it.

    Raises
    ------
    NotUnderstood
        Where a number is impossible or two words contradict each other.

    Examples
    --------
    >>> core, said = take_off("germline BRCA2 mutation not detected")
    >>> core, said.present, said.origin.value
    ('BRCA2 mutation', False, 'germline')
    """
    said = Said()
    text = _GROUP.sub(" ", _PROTEIN_BRACKETS.sub(r"\1\2", text))
    text = _origin(text, said)
    text = _standing(text, said)
    text = _fraction(text, said)
    text = _copies(text, said)
    return _polarity(_squeezed(text), said), said


def _squeezed(text: str) -> str:
    """Single blanks, and no marks or gaps at the ends."""
    return re.sub(r"[ \t]+", " ", text).strip(f" ,:;={TAKEN}")


def _origin(text: str, said: Said) -> str:
    germline, somatic = _GERMLINE.search(text), _SOMATIC.search(text)
    if germline and somatic:
        raise NotUnderstood("says both germline and somatic", "give two entries")
    if germline:
        said.origin = Origin.GERMLINE
    elif somatic:
        said.origin = Origin.SOMATIC
    return _SOMATIC.sub(_GAP, _GERMLINE.sub(_GAP, text))


def _standing(text: str, said: Said) -> str:
    for pattern, standing in _STANDING:
        found = pattern.search(text)
        if found:
            said.standing = standing
            rest = pattern.sub(_GAP, text, count=1)
            if any(p.search(rest) for p, s in _STANDING if s is not standing):
                raise NotUnderstood("gives two interpretations", "give one")
            return rest
    return text


def _fraction(text: str, said: Said) -> str:
    text = _LIMIT.sub(" ", text)
    named, bare = _FRACTION.findall(text), _PERCENT.findall(_FRACTION.sub(" ", text))
    if len(named) + len(bare) > 1:
        raise NotUnderstood("gives more than one percentage", "give one allele fraction")
    for number, percent in named:
        said.vaf = _as_fraction(number, bool(percent))
    for number in bare:
        said.vaf = _as_fraction(number, True)
    return _PERCENT.sub(_GAP, _FRACTION.sub(_GAP, text))


def _as_fraction(number: str, percent: bool) -> float:
    if "," in number:
        raise NotUnderstood("a comma in a number", "write the allele fraction with a point")
    value = float(number)
    if not percent and value == 1:
        raise NotUnderstood("an allele fraction of 1 % or of 100 %", "write it with %")
    fraction = value / 100 if percent or value > 1 else value
    if not 0 < fraction <= 1:
        raise NotUnderstood(
            f"an allele fraction of {number} is impossible for a change that was found",
            "give a percentage above 0 and up to 100, or write 'not detected'",
        )
    return round(fraction, 10)


def _copies(text: str, said: Said) -> str:
    found = _COPIES.findall(text)
    if len(found) > 1:
        raise NotUnderstood("gives copies twice", "give them once")
    for first, second in found:
        said.copies = float(first or second)
    return _COPIES.sub(_GAP, text)


def _polarity(text: str, said: Said) -> str:
    """Take off what affirms or denies; a denied denial is refused."""
    denied = 0
    if _NEGATIVE_FIRST.match(text):
        text = without_last_verb(text)
    for pattern, put in ((_NEGATIVE_FIRST, ""), (_DENIED_VERB, ""), (_NO_CHANGE_LAST, r" \1")):
        text, count = pattern.subn(put, text, count=1)
        denied += count
    text, count = _WILD_TYPE.subn(_GAP, text, count=1)
    said.wild_type = bool(count)
    denied += count
    text, count = _NEGATIVE_LAST.subn("", _squeezed(text), count=1)
    said.denied_last = bool(count)
    denied += count
    text, affirmed = _POSITIVE_FIRST.subn("", text.strip(), count=1)
    text, count = _POSITIVE_LAST.subn("", text, count=1)
    affirmed += count
    sign = _SIGN_LAST.search(text)
    if sign and not (denied or affirmed):
        text = text[: sign.start()]
        denied, affirmed = (1, 0) if sign.group(1) == "-" else (0, 1)
    if denied + affirmed > 1:
        raise NotUnderstood("affirms and denies at once", "say it once: 'X' or 'no X'")
    if denied or affirmed:
        said.present = bool(affirmed)
    return _squeezed(text)
