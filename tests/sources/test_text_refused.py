"""What can be read in two ways, or in none, is left unread with its remedy."""

from __future__ import annotations

import pytest

from onkos.model import SmallVariant, Stated, Vocabulary
from onkos.sources.patient.text import observe


def refused(text: str, vocabulary: Vocabulary) -> str:
    """Reason and remedy of a text of which nothing is taken in."""
    observed = observe([text], vocabulary)
    assert not observed.alterations
    assert not observed.measurements
    assert not observed.phases
    [unread] = observed.unread
    assert unread.reason
    assert unread.source == "alterations"
    return f"{unread.reason}; {unread.remedy}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("EGFR", "EGFR mutation"),
        ("TERT promoter", "TERT promoter mutation"),
        ("TP53 R213X", "R213*"),
        ("EGFR G719X", "G719 mutation"),
        ("PIK3CA H1047R/E545K", "joined by 'and'"),
        ("IDH1 R132C/H", "joined by 'and'"),
        ("NTRK fusion", "NTRK1, NTRK2, NTRK3"),
        ("IDH mutant", "IDH1, IDH2"),
        ("BRCA1/2 mutation", "BRCA1, BRCA2"),
        ("CCDC6/RET fusion", "CCDC6::RET fusion"),
        ("chr7:g.55191822T>G", "protein change"),
        ("rs121434568", "protein change"),
        ("NM_000000.1:c.1A>G", "give the gene"),
        ("L858R", "put the gene before it"),
        ("EGRF L858R", "did you mean EGFR?"),
        ("BRAFF V600E", "did you mean BRAF?"),
        ("BRAF V6000E", "766 residues"),
        ("BRAF V600E c.1700T>A", "changes residue 567"),
        ("EGFR L858R frameshift", "not frameshift"),
        ("EGFR L858R VAF 120%", "impossible"),
        ("EGFR L858R VAF 0%", "not detected"),
        ("EGFR L858R VAF 1", "write it with %"),
        ("MET copy number 6", "threshold"),
        ("AR copies 1", "sex"),
        ("TP53 LOH", "heterozygous loss"),
        ("MET exon 14 mutation", "MET exon 14 skipping"),
        ("EGFR exon 4 deletion", "in-frame deletion"),
        ("EGFR exon 20 in-frame mutation", "EGFR exon 20 insertion"),
        ("EGFR alteration", "give the kind"),
        ("MET negative", "MET amplification"),
        ("EGFR positive", "EGFR mutation"),
        ("EML4-ALK negative", "no ALK fusion"),
        ("XYZ1-ALK", "XYZ1::ALK fusion"),
        ("BRCA1 5382insC", "c."),
        ("age 62", "field 'age'"),
        ("female", "field 'sex'"),
        ("stage IV", "field 'stage'"),
        ("line 2", "field 'line'"),
        ("metastatic", "field 'setting'"),
        ("lung adenocarcinoma", "field 'disease'"),
        ("osimertinib", "prior therapies"),
        ("hello world", "write it as in"),
        ("mutation", "write it as in"),
        ("", "empty"),
        (" ; \n", "empty"),
    ],
)
def test_the_remedy_names_the_way_out(text: str, told: str, vocabulary: Vocabulary) -> None:
    assert told in refused(text, vocabulary)


@pytest.mark.parametrize(
    "text",
    [
        "EGFR not tested",
        "ALK pending",
        "EGFR unknown",
        "possible EGFR L858R",
        "EGFR L858R?",
        "pending: EGFR L858R, KRAS G12C",
        "EGFR L858R, KRAS G12C pending",
        "mother with BRCA1 mutation",
    ],
)
def test_what_is_not_known_is_no_finding(text: str, vocabulary: Vocabulary) -> None:
    refused(text, vocabulary)


@pytest.mark.parametrize(
    "text",
    [
        "no EGFR mutation, ALK fusion",
        "no EGFR mutation and ALK fusion",
        "no EGFR mutation, ALK fusion detected",
        "BRAF V600E and NRAS Q61K not detected",
        "EGFR L858R, KRAS G12C, BRAF V600E: not detected",
        "Negative: EGFR L858R, KRAS G12C",
        "Not detected: EGFR L858R, KRAS G12C",
        "excluded EGFR L858R, KRAS G12C",
        "EGFR L858R, KRAS G12C excluded",
        "EGFR L858R or L861Q",
        "not EGFR L858R not detected",
    ],
)
def test_how_far_a_denial_reaches_is_never_guessed(text: str, vocabulary: Vocabulary) -> None:
    refused(text, vocabulary)


def test_the_second_finding_of_a_list_is_not_lost_in_silence(vocabulary: Vocabulary) -> None:
    assert "'foo'" in refused("KRAS G12C, foo, EGFR L858R", vocabulary)


def test_sentences_apart_are_read_apart(vocabulary: Vocabulary) -> None:
    observed = observe(["KRAS G12C; nonsense here; EGFR wild type"], vocabulary)
    variant, stated = observed.alterations
    assert isinstance(variant, SmallVariant)
    assert isinstance(stated, Stated)
    assert [unread.text for unread in observed.unread] == ["nonsense here"]


def test_a_long_text_is_shown_short(vocabulary: Vocabulary) -> None:
    observed = observe(["word " * 1000], vocabulary, "findings")
    [unread] = observed.unread
    assert len(unread.text) == 80
    assert unread.source == "findings"
