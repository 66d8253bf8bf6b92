"""Calls that no step annotated are counted, and the reader is told."""

import msgspec

from onkos.annotate import counted, offered
from onkos.model import Case, SmallVariant


def case_of(number: int) -> Case:
    calls = tuple(
        SmallVariant(gene="", chromosome="7", position=at + 1, reference="A", alternate="T")
        for at in range(number)
    )
    return Case(id="x", disease="LUAD", calls=calls, filtered={"intronic": 2}, rows=number + 2)


def test_a_case_without_calls_is_left_as_it_is():
    case = case_of(0)
    assert counted(case) is case


def test_calls_are_counted_once_and_kept():
    once = counted(case_of(3))
    assert once.filtered == {"intronic": 2, "not annotated": 3}
    assert sum(once.filtered.values()) == once.rows
    assert once.notices == (
        "3 changes are told by place only and not annotated, so nothing is concluded from them; "
        "add a reference (onkos reference add), or annotate the file with VEP (--symbol --hgvs "
        "--mane) or snpEff",
    )
    assert len(once.calls) == 3
    assert counted(once) == once


def test_calls_that_were_offered_and_not_described_are_calls_again():
    known = SmallVariant(gene="BRAF", protein="V600E")
    case = msgspec.structs.replace(case_of(2), alterations=(known,))
    shown = offered(case)
    assert len(shown.alterations) == 3
    assert not shown.calls
    back = counted(shown)
    assert back.alterations == (known,)
    assert back.calls == case.calls
    assert back.filtered["not annotated"] == 2
