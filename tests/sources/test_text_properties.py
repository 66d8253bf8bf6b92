"""Whatever is written: never an error, always accounted for, and what is read means the same."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onkos.criteria import evaluate, parse
from onkos.model import Case, SmallVariant, Vocabulary
from onkos.model.protein import RESIDUES, parse_protein
from onkos.sources.patient.text import observe

SLOW = settings(
    deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
WORDS = (
    "EGFR KRAS HER2 BRCA1 TERT MLH1 ALK EML4-ALK EML4::ALK RAS NTRK FLT3-ITD MET TP53 L858R V600E"
    " E746_A750del c.672+1G>A c.-124C>T R213X exon 19 14 codon 12 deletion amplification loss of"
    " function fusion mutation wild type no not detected negative positive germline somatic"
    " pathogenic VUS VAF 12% 0.3 copies (IHC) protein expression promoter methylation TMB MSI-H"
    " PD-L1 TPS 80% HER2 2+ 3+ ISH ER+ PR- HLA-A*02:01 t(15;17) del(17p) 46,XX -7 and or in cis"
    " trans with , ; / + - : ? >= 10 kinase domain biallelic homozygous skipping lost"
).split(" ")
texts = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map("".join),
)
letters = st.sampled_from(RESIDUES.replace("U", ""))
numbers = st.integers(min_value=2, max_value=180)


@given(text=texts)
@SLOW
def test_every_text_is_accounted_for(text: str, vocabulary: Vocabulary) -> None:
    observed = observe([text], vocabulary)
    told = (observed.alterations, observed.measurements, observed.phases, observed.unread)
    assert any(told)
    assert observed.rows == 1
    assert all(unread.reason and len(unread.text) <= 80 for unread in observed.unread)


@given(text=texts)
@SLOW
def test_reading_twice_tells_the_same(text: str, vocabulary: Vocabulary) -> None:
    assert observe([text], vocabulary) == observe([text], vocabulary)


def changes() -> st.SearchStrategy[str]:
    plain = st.tuples(letters, numbers, letters).filter(lambda t: t[0] != t[2])
    return st.one_of(
        plain.map(lambda t: f"{t[0]}{t[1]}{t[2]}"),
        st.tuples(letters, numbers).map(lambda t: f"{t[0]}{t[1]}*"),
        st.tuples(letters, numbers, letters, numbers).map(
            lambda t: f"{t[0]}{t[1]}_{t[2]}{t[1] + 1 + t[3] % 9}del"
        ),
        st.tuples(letters, numbers, letters, st.text("ACDE", min_size=1, max_size=4)).map(
            lambda t: f"{t[0]}{t[1]}_{t[2]}{t[1] + 1}ins{t[3]}"
        ),
        st.tuples(letters, numbers, letters, numbers).map(lambda t: f"{t[0]}{t[1]}{t[2]}fs*{t[3]}"),
    )


@given(change=changes(), gene=st.sampled_from(["KRAS", "EGFR", "TP53", "TTN", "NKX2-1"]))
@SLOW
def test_a_printed_variant_is_read_as_itself(
    change: str, gene: str, vocabulary: Vocabulary
) -> None:
    expected = parse_protein(change)
    [variant] = observe([f"{gene} {change}"], vocabulary).alterations
    assert isinstance(variant, SmallVariant)
    assert (variant.protein, variant.first) == (expected.text, expected.first)
    assert observe([variant.label], vocabulary).alterations == [variant]


@given(
    position=st.integers(min_value=4, max_value=500),
    offset=st.sampled_from(["", "+1", "-2", "+5", "-30"]),
    operation=st.sampled_from(["G>A", "del", "dup", "delT", "delinsAC"]),
)
@SLOW
def test_a_printed_coding_change_is_read_as_itself(
    position: int, offset: str, operation: str, vocabulary: Vocabulary
) -> None:
    [variant] = observe([f"TP53 c.{position}{offset}{operation}"], vocabulary).alterations
    assert isinstance(variant, SmallVariant)
    assert observe([variant.label], vocabulary).alterations == [variant]


@pytest.mark.parametrize(
    "text",
    ["EGFR exon 19 deletion", "EGFR exon 20 insertion", "TERT c.-124C>T", "NF1 nonsense mutation"],
)
def test_other_labels_are_read_as_themselves(text: str, vocabulary: Vocabulary) -> None:
    [variant] = observe([text], vocabulary).alterations
    assert observe([variant.label], vocabulary).alterations == [variant]


@given(gene=st.sampled_from(["KRAS", "EGFR", "BRAF"]), change=changes())
@SLOW
def test_a_denied_change_is_never_found(gene: str, change: str, vocabulary: Vocabulary) -> None:
    for text in (f"no {gene} {change}", f"{gene} {change} not detected", f"{gene} {change} absent"):
        for one in observe([text], vocabulary).alterations:
            assert getattr(one, "present", True) is False


@pytest.mark.parametrize(
    ("text", "rule", "answer"),
    [
        ("EGFR exon 19 deletion", "EGFR exon 19 deletion", "MET"),
        ("EGFR exon 19 deletion", "EGFR exon 20 insertion", "UNKNOWN"),
        ("EGFR exon 19 deletion not detected", "EGFR exon 19 deletion", "UNMET"),
        ("METex14", "MET exon 14 skipping", "MET"),
        ("AR-V7 negative", "AR-V7", "UNMET"),
        ("no KIT D816V", "KIT D816V", "UNMET"),
        ("no KIT D816V", "KIT D816H", "UNKNOWN"),
        ("KRAS exon 2 wild type", "KRAS G12C", "UNMET"),
        ("KRAS exon 2 wild type", "KRAS Q61H", "UNKNOWN"),
        ("RAS wild-type", "RAS wild-type", "MET"),
        ("NPM1 mutated", "NPM1 frameshift", "MET"),
        ("NPM1 mutation not detected", "NPM1 frameshift", "UNMET"),
        ("CALR exon 9 mutation", "CALR exon 9 frameshift", "MET"),
        ("CALR type 1", "CALR exon 9 frameshift", "MET"),
        ("CALR mutation not detected", "CALR exon 9 frameshift", "UNMET"),
        ("EZH2 Y641F", "EZH2 Y646F", "MET"),
        ("EZH2 p.Y641N", "EZH2 Y646F/N/H/S/C", "MET"),
        ("EZH2 Y641 mutation", "EZH2 Y646", "MET"),
        ("CEBPA bZIP in-frame", "CEBPA bZIP in-frame mutation", "MET"),
        ("TERT C228T", "TERT promoter mutation", "MET"),
        ("PTEN loss", "PTEN loss of function", "MET"),
        ("PTEN loss", "PTEN deletion", "UNKNOWN"),
        ("PTEN loss (IHC)", "PTEN protein loss", "MET"),
        ("BRCA1 pathogenic variant (germline)", "germline BRCA1 loss of function", "MET"),
        ("germline BRCA2 mutation", "germline BRCA2 loss of function", "UNKNOWN"),
        ("BRCA2 c.5946delT germline", "germline BRCA2 loss of function", "MET"),
        ("ALK negative", "EML4::ALK fusion", "UNMET"),
        ("BCR-ABL1 negative", "BCR::ABL1 fusion", "UNMET"),
        ("MLLT3::KMT2A", "KMT2A::MLLT3 fusion", "MET"),
        ("EGFR C797S and T790M in trans", "EGFR T790M in trans with EGFR C797S", "MET"),
        ("MET copy number 12", "MET amplification and MET copies >= 10", "MET"),
        ("HER2 IHC 2+ FISH negative", "HER2 low and not HER2 positive", "MET"),
        ("triple negative", "not HR positive and not HER2 positive", "MET"),
        ("FOLR1 80% 2+", "FOLR1 IHC >= 75 % at 2+", "MET"),
        ("BRCA1 VUS", "BRCA1 loss of function", "UNKNOWN"),
        ("EGFR kinase domain activating mutation", "EGFR kinase oncogenic mutation", "MET"),
        ("CDKN2A heterozygous loss", "CDKN2A deletion", "UNMET"),
    ],
)
def test_what_is_read_is_what_the_rules_ask_for(
    text: str, rule: str, answer: str, vocabulary: Vocabulary
) -> None:
    observed = observe([text], vocabulary)
    case = Case(
        id="one",
        disease="NSCLC",
        alterations=tuple(observed.alterations),
        phases=tuple(observed.phases),
        measurements=tuple(observed.measurements),
    )
    assert evaluate(parse(rule, vocabulary), case, vocabulary).answer.name == answer


def test_reading_plain_variants_imports_no_parser_library() -> None:
    code = "import sys, onkos.sources.patient.text; print({'lark', 'rapidfuzz'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_names_of_profiles_as_civic_writes_them_never_break(
    vocabulary: Vocabulary, shared_data: object
) -> None:
    path = shared_data / "knowledge" / "civic" / "civic_accepted_evidence_2026-05.tsv"  # type: ignore[operator]
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    names = sorted({line.split("\t")[0] for line in lines})
    observed = observe(names, vocabulary)
    assert observed.rows == len(names) > 1500
    assert len(observed.unread) < len(names) / 5
