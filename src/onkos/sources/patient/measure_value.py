"""The value of one measure: a number in its unit, a word, or both where they agree."""

from __future__ import annotations

import re

from onkos.model import Criterion, Measure, Measurement
from onkos.model.criterion import And, Compare, Not, Or, Status
from onkos.model.names import name_key
from onkos.sources.patient.statement import NotUnderstood

_NUMBER = re.compile(
    r"(?P<op>>=|<=|>|<|=|~)?\s?(?<![\w.,+-])(?P<number>-?\d+(?:[.,]\d+)?)(?P<range>\s?(?:-|to)\s?\d+"
    r"(?:\.\d+)?)?(?!\+|\w*\d|[.,]\d)\s?(?P<unit>%|percent\b|/\s?Mb\b|mut\w*\s?(?:/|per)\s?\w+"
    r"|(?:x\s?)?10\s?[\^*e]?\s?9\s?/\s?L\b|10⁹/L|mL/min/1\.73\s?m\^?[2²]|[a-zµμ]+/[a-zA-Z]+\b"
    r"|/\s?[nuµμ]L\b|/\s?mm\^?[3³]|years?\b|cm\b|kg\b|ms\b|m[2²])?"
    r"(?P<of>\s?(?:viable |tumou?r |invasive |of |the )*(?:cells|nuclei)\b)?",
    re.IGNORECASE,
)
_AT = re.compile(
    r"(?:\bat|\bwith|>=|\bPS)?\s?(?<!\d)([123])\+(?:\s?(?:/|or|and|-)\s?(?:[23]\+|higher|more|above"
    r"|greater))*(?:\s?(?:intensity|staining|membranous))*",
    re.IGNORECASE,
)
_METHOD = re.compile(r"\(?\b(?=[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z]|\d+-)[A-Z0-9-]{3,8}\b\)?")
_BILLIONS = {"x10^9/l", "10*9/l", "10e9/l", "109/l", "10⁹/l", "x10⁹/l", "g/l", "/nl", "x109/l"}
_NORMAL = {"normal", "elevated"}
_UNITS = (
    ("µ", "u"),
    ("μ", "u"),
    ("m²", "m2"),
    ("mm³", "mm3"),
    ("mm^3", "mm3"),
    ("m^2", "m2"),
    ("mutations", "mut"),
    ("muts", "mut"),
    ("megabase", "mb"),
    ("percent", "%"),
)


def status_table(measure: Measure) -> dict[str, str]:
    """Statuses of a measure by the key of each way to write them."""
    table = {name_key(alias): status for alias, status in measure.status_aliases.items()}
    table |= {name_key(status): status for status in measure.statuses}
    for short, word in (("pos", "positive"), ("neg", "negative")):
        if word in measure.statuses:
            table.setdefault(short, word)
    return table


def is_numeric(measure: Measure) -> bool:
    """Whether numbers are given for a measure."""
    return bool(measure.unit) or measure.lowest is not None or measure.highest is not None


def _is_stained(measure: Measure) -> bool:
    """Whether percentages of a measure are counted at an intensity of staining."""
    rules = (rule for rule in measure.derived.values() if isinstance(rule, Compare))
    return measure.needs_at or any(rule.at for rule in rules)


def read_value(measure: Measure, text: str, statuses: dict[str, str]) -> Measurement | None:
    """A measurement of the measure; None where the text is no value of it.

    Raises
    ------
    NotUnderstood
        For a number out of range, in another unit, or that its word contradicts.
    """
    status = statuses.get(name_key(text))
    if status is not None and not _is_signed_word(text):
        return Measurement(name=measure.name, status=status)
    if not is_numeric(measure):
        if set(measure.statuses) >= _NORMAL and _NUMBER.match(text):
            raise NotUnderstood(
                f"{measure.name}: a number says nothing without the laboratory's limit",
                f"write '{measure.name} elevated' or '{measure.name} normal'",
            )
        return None
    found = _NUMBER.search(text)
    if found is None:
        return None
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    at = _AT.search(rest) if _is_stained(measure) else None
    rest = _AT.sub(" ", rest, count=1) if at else rest
    method = _METHOD.search(rest)
    rest = " ".join((_METHOD.sub(" ", rest, count=1) if method else rest).split()).strip("(),; ")
    status = statuses.get(name_key(rest)) if rest else ""
    if status is None:
        return None
    return _checked(
        measure, found, status, f"{at.group(1)}+" if at else "", method.group() if method else ""
    )


def _is_signed_word(text: str) -> bool:
    """``-5``, whose key is that of ``5``."""
    return text.startswith("-") or bool(re.match(r"[<>=~]", text))


def _checked(
    measure: Measure, found: re.Match[str], status: str, at: str, method: str
) -> Measurement:
    number = found["number"]
    if found["range"]:
        raise NotUnderstood(f"{measure.name}: a range of numbers", "give one number")
    if "," in number:
        raise NotUnderstood(
            f"{measure.name} {number}: a comma in a number", "write it with a point"
        )
    factor = _in_own_unit(measure, found["unit"] or "")
    value = float(number) if factor == 1 else round(float(number) * factor, 2)
    _refuse_unit(measure, found["unit"] or "", value)
    _refuse_range(measure, value)
    if measure.needs_at and not at:
        raise NotUnderstood(
            f"{measure.name}: at which staining intensity is not said",
            f"write '{measure.name} {number} % at 2+'",
        )
    operator = (found["op"] or "").strip()
    if operator in {"<", ">", "<=", ">="}:
        return _bounded(measure, operator, value, at, method.strip("()"))
    if status and _contradicts(measure, status, value, at):
        raise NotUnderstood(
            f"{measure.name} {number} is not {status} by the rule in use here",
            "give the number alone, or the word alone",
        )
    return Measurement(
        name=measure.name, value=value, status=status, unit=measure.unit, at=at,
        method=method.strip("()"),
    )  # fmt: skip


def _unit(written: str) -> str:
    """One spelling of a unit."""
    unit = written.casefold().replace(" ", "").replace("per", "/")
    unit = "%" if written.casefold() == "percent" else unit
    for long, short in _UNITS:
        unit = unit.replace(long, short)
    return unit


def _in_own_unit(measure: Measure, written: str) -> float:
    """What a number in another unit that the vocabulary knows is multiplied by."""
    return measure.other_units.get(_unit(written), 1.0)


def _refuse_unit(measure: Measure, written: str, value: float) -> None:
    unit = _unit(written)
    if unit in measure.other_units:
        return
    own = measure.unit.casefold().replace(" ", "")
    if own == "10^9/l" and unit in _BILLIONS:
        return
    if unit and unit not in {own, f"/{own.partition('/')[2]}"}:
        raise NotUnderstood(
            f"{measure.name} is not measured in {written.strip()}",
            f"give it in {measure.unit}" if measure.unit else "give the number without a unit",
        )
    if not unit and own == "%" and 0 < value < 1:
        raise NotUnderstood(
            f"{measure.name} {value:g}: a fraction or a percentage", "write it with %"
        )


def _refuse_range(measure: Measure, value: float) -> None:
    low = 0.0 if measure.lowest is None else measure.lowest
    if value < low or (measure.highest is not None and value > measure.highest):
        top = "" if measure.highest is None else f" to {measure.highest:g}"
        raise NotUnderstood(
            f"{measure.name} {value:g} is outside {low:g}{top or ' and above'}", "check the number"
        )


def _bounded(measure: Measure, operator: str, value: float, at: str, method: str) -> Measurement:
    """``TMB >= 10``: the word that amounts to it; ``TPS < 1 %``: none, as no rule asks below 1."""
    said = Compare(name=measure.name, op=operator, value=value, at=at)
    for status, rule in measure.derived.items():
        if rule == said:
            return Measurement(name=measure.name, status=status, method=method)
    if operator == "<" and value == 1 and measure.unit == "%":
        return Measurement(
            name=measure.name, value=0.0, unit="%", at=at, method=method, interval=(0.0, 1.0)
        )
    raise NotUnderstood(
        f"{measure.name} {operator} {value:g} is a bound, not a value", "give the number measured"
    )


def _contradicts(measure: Measure, status: str, value: float, at: str) -> bool:
    rule = measure.derived.get(status)
    return rule is not None and _holds(rule, measure, value, at) is False


_OPS = {
    ">=": float.__ge__, "<=": float.__le__, ">": float.__gt__, "<": float.__lt__,
    "=": float.__eq__,
}  # fmt: skip


def _holds(rule: Criterion, measure: Measure, value: float, at: str) -> bool | None:
    """Whether a number meets a rule about its own measure; None where that is not said."""
    match rule:
        case Compare(name=name) if name == measure.name and rule.at in {"", at}:
            return bool(_OPS[rule.op](float(value), float(rule.value)))
        case Status(name=name, status=status) if name == measure.name:
            inner = measure.derived.get(status)
            return False if inner is None else _holds(inner, measure, value, at)
        case Not(of=inner):
            held = _holds(inner, measure, value, at)
            return None if held is None else not held
        case Or(of=parts) | And(of=parts):
            held_all = [_holds(part, measure, value, at) for part in parts]
            if None in held_all:
                return None
            return any(held_all) if isinstance(rule, Or) else all(held_all)
    return None
