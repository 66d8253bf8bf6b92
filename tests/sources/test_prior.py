"""Prior therapies as people write them."""

import pytest

from onkos.sources.patient import read_prior


@pytest.mark.parametrize(
    ("text", "drugs", "progressed", "line", "setting"),
    [
        ("osimertinib", {"osimertinib"}, None, None, ""),
        ("Tagrisso (line 1, progressed)", {"osimertinib"}, True, 1, ""),
        ("FOLFOX adjuvant", {"fluorouracil", "oxaliplatin"}, None, None, "adjuvant"),
        ("FOLFOX (neoadjuvant)", {"fluorouracil", "oxaliplatin"}, None, None, "neoadjuvant"),
        ("7+3", {"cytarabine", "daunorubicin"}, None, None, ""),
        ("first-line pembrolizumab", {"pembrolizumab"}, None, 1, ""),
        ("progressed on gefitinib", {"gefitinib"}, True, None, ""),
        ("imatinib (no progression)", {"imatinib"}, False, None, ""),
        ("T-DXd 2L PD", {"trastuzumab deruxtecan"}, True, 2, ""),
        ("cetuximab + FOLFIRI, progressed", {"cetuximab", "fluorouracil", "irinotecan"}, True,
         None, ""),
        ("lutetium (177Lu) vipivotide tetraxetan", {"lutetium (177Lu) vipivotide tetraxetan"},
         None, None, ""),
    ],
)  # fmt: skip
def test_what_was_given_where_and_how_it_went(text, drugs, progressed, line, setting, vocabulary):
    (therapy,), unread = read_prior([text], vocabulary)
    assert unread == []
    assert set(therapy.drugs) == drugs
    assert (therapy.progressed, therapy.line, therapy.setting) == (progressed, line, setting)


@pytest.mark.parametrize("text", ["osimertinb", "", "(progressed)", "line 1"])
def test_what_is_not_understood_is_listed(text, vocabulary):
    therapies, unread = read_prior([text], vocabulary)
    assert therapies == []
    assert unread[0].line == 1
    assert unread[0].remedy
