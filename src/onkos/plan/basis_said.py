"""What the page says of the tests that an approval rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from onkos.model import BasisStanding, Diagnostic

MOST_NAMED = 4  # tests named in one sentence


class Said(NamedTuple):
    """What is known of the tests of one option.

    Attributes
    ----------
    whole : list of Diagnostic
        Approved companions of this very regimen.
    some : mapping of Diagnostic to tuple of str
        Approved companions of some of its medicines, with these.
    told : tuple of str
        Names of the tests that gave the findings.
    of_some : bool
        Whether one of these is among `some`.
    read : bool
        Whether the reading of one of the tests is among the results.
    regulators : tuple of str
        Whose approval the option rests on, but for those that keep no list of tests.
    """

    whole: list[Diagnostic]
    some: Mapping[Diagnostic, tuple[str, ...]]
    beside: list[Diagnostic]
    unread: list[Diagnostic]
    told: tuple[str, ...]
    of_some: bool
    read: bool
    regulators: tuple[str, ...]


def sentences(had: BasisStanding, said: Said) -> Iterator[str]:
    """What is approved, with the test that this patient had, then the rest.

    This list is not the regulator's: a test that it does not hold may be approved all the same,
    and no sentence says that it is not.
    """
    ending = _ending(had, said)
    if said.whole:
        by = _approved_by(said.whole)
        yield f"companion test approved by {by}: {_named(said.whole)}; {ending}"
    if said.some:
        part = f"companion test approved by {_approved_by(said.some)} for {_by_part(said.some)}"
        yield part if said.whole else f"{part}; {ending}"
    if said.beside:
        yield f"complementary, informs and is not required: {_named(said.beside)}"
    if said.unread:
        yield f"commonly used, approval not verified: {_named(said.unread)}; verify"
    if had is BasisStanding.NONE_LISTED and said.regulators:
        yield (
            "the list here holds no companion test for it: look at the label, and at "
            f"{_lists(said.regulators)} of approved tests"
        )


def _ending(had: BasisStanding, said: Said) -> str:
    """How the test that this patient had stands to those that were named."""
    report = f"this report came from {' and '.join(said.told)}" if said.told else ""
    confirm = "confirm with an approved test where the label asks for one"
    named = len({test.name for test in said.whole or said.some})
    unlisted = "listed for a part of it alone" if said.of_some else "not among those listed here"
    return {
        BasisStanding.SAME: f"{report}, {'one of these' if named > 1 else 'that test'}",
        BasisStanding.LIKE: f"{report}, a name that laboratories also use for versions of their "
        "own: ask whether it was the approved kit",
        BasisStanding.OTHER: f"{report}, {unlisted}: look at "
        f"{_lists(said.regulators)}, or {confirm}",
        BasisStanding.NOT_TOLD: f"which test gave this finding is not told: {confirm}"
        if said.read
        else f"its own reading is not among the results here: {confirm}",
    }.get(had, "")


def _lists(regulators: Iterable[str]) -> str:
    """Whose lists to look at.

    >>> _lists(["FDA"])
    "FDA's list"
    """
    return " and ".join(f"{regulator}'s list" for regulator in regulators)


def _by_part(tests: Mapping[Diagnostic, tuple[str, ...]]) -> str:
    """The tests by what of the regimen they are approved for, most of it first."""
    by_part: dict[tuple[str, ...], list[Diagnostic]] = {}
    for test, parts in sorted(tests.items(), key=lambda item: -len(item[1])):
        by_part.setdefault(parts, []).append(test)
    first = True
    told = []
    for parts, found in by_part.items():
        what = f", {'parts' if len(parts) > 1 else 'a part'} of this regimen" if first else ""
        told.append(f"{' and '.join(parts)}{what}: {_named(found)}")
        first = False
    return "; for ".join(told)


def _approved_by(tests: Iterable[Diagnostic]) -> str:
    return " and ".join(dict.fromkeys(t.regulator for t in tests))


def _named(tests: Iterable[Diagnostic]) -> str:
    names = list(dict.fromkeys(t.name for t in tests))
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
