"""Prior therapies: the drugs, and of their course only what is said."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onkos.model import PriorTherapy, Vocabulary
from onkos.sources.patient.prior_text import read_prior


def one(text: str, vocabulary: Vocabulary) -> PriorTherapy:
    [therapy], unread = read_prior([text], vocabulary)
    assert not unread
    return therapy


@pytest.mark.parametrize(
    ("text", "drugs", "progressed", "line", "setting"),
    [
        ("osimertinib", ("osimertinib",), None, None, ""),
        ("Tagrisso (line 1, progressed)", ("osimertinib",), True, 1, ""),
        ("1L osimertinib PD", ("osimertinib",), True, 1, ""),
        ("second-line docetaxel failed", ("docetaxel",), True, 2, ""),
        ("T-DM1 (line 2; progressed)", ("trastuzumab emtansine",), True, 2, ""),
        ("osimertinib 80 mg daily, line 1, progressed in brain", ("osimertinib",), True, 1, ""),
        ("imatinib resistant", ("imatinib",), True, None, ""),
        ("pembrolizumab maintenance", ("pembrolizumab",), None, None, "maintenance"),
        ("adjuvant trastuzumab, progressed", ("trastuzumab",), True, None, "adjuvant"),
        ("carboplatin and pemetrexed", ("carboplatin", "pemetrexed"), None, None, ""),
        ("dabrafenib + trametinib, best response PR", ("dabrafenib", "trametinib"), None, None, ""),
        ("osimertinib, stopped for toxicity", ("osimertinib",), None, None, ""),
    ],
)
def test_drugs_and_course(
    text: str,
    drugs: tuple[str, ...],
    progressed: bool | None,
    line: int | None,
    setting: str,
    vocabulary: Vocabulary,
) -> None:
    expected = PriorTherapy(drugs=drugs, progressed=progressed, line=line, setting=setting)
    assert one(text, vocabulary) == expected


def test_named_regimens_give_their_drugs(vocabulary: Vocabulary) -> None:
    adjuvant = one("FOLFOX adjuvant", vocabulary)
    assert adjuvant.setting == "adjuvant"
    assert "oxaliplatin" in adjuvant.drugs
    combined = one("cetuximab + FOLFIRI, progressed", vocabulary)
    assert {"cetuximab", "irinotecan"} <= set(combined.drugs)
    assert combined.progressed is True


@pytest.mark.parametrize(
    "said",
    [
        "no progression",
        "not progressed",
        "never progressed",
        "did not progress",
        "no PD",
        "ongoing",
    ],
)
def test_a_denied_progression_is_none(said: str, vocabulary: Vocabulary) -> None:
    assert one(f"osimertinib ({said})", vocabulary).progressed is False
    assert one(f"osimertinib, line 1, {said}", vocabulary).progressed is False


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "empty"),
        ("none", "empty list"),
        ("treatment-naive", "empty list"),
        ("osimertinb", "osimertinib"),
        ("platinum", "name the drug"),
        ("surgery", "unknown drug"),
        ("osimertinib then carboplatin", "one entry for each line"),
        ("carboplatin, pemetrexed", "one entry for each line"),
        ("osimertinib (line 1, line 2)", "one entry for each line"),
        ("osimertinib (line 0)", "count from 1"),
        ("osimertinib planned", "unknown drug"),
        ("osimertinib?", "nothing definite"),
        ("neoadjuvant/adjuvant FLOT", "two settings"),
        ("osimertinib, progressed, not progressed", "say one"),
    ],
)
def test_the_rest_is_unread_with_its_remedy(text: str, told: str, vocabulary: Vocabulary) -> None:
    therapies, [unread] = read_prior([text], vocabulary)
    assert not therapies
    assert told in f"{unread.reason}; {unread.remedy}"
    assert unread.source == "prior"
    assert unread.line == 1


@given(
    text=st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(
                "osimertinib FOLFOX + , ( ) line 1 2L adjuvant progressed no PD not and / ; then"
                " 80 mg x6 2021 ?".split()
            ),
            max_size=8,
        ).map(" ".join),
    )
)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_text_is_a_therapy_or_unread(text: str, vocabulary: Vocabulary) -> None:
    therapies, unread = read_prior([text], vocabulary)
    assert len(therapies) + len(unread) == 1
    assert all(len(one.text) <= 80 for one in unread)
