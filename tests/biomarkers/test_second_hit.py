"""Whether both copies of a suppressor are hit, and what the criteria make of it."""

import msgspec
import pytest

from onkos.biomarkers import second_hit, with_second_hits
from onkos.biomarkers.second_hit import Alleles, second_hits
from onkos.criteria import CaseView, evaluate_in, parse
from onkos.model import (
    Answer,
    Consequence,
    CopyCall,
    CopyNumber,
    Finding,
    Methylation,
    NotAssessed,
    Origin,
    Phase,
    SmallVariant,
)
from tests.biomarkers.segmented import segment, tumour

GERMLINE, SOMATIC, UNKNOWN = Origin.GERMLINE, Origin.SOMATIC, Origin.UNKNOWN


def hit(gene="BRCA1", alt=300, depth=1000, origin=SOMATIC, **rest):
    rest = {"protein": "W10*", "chromosome": "17", "position": 43_000_000} | rest
    return SmallVariant(
        gene=gene, consequence=Consequence.NONSENSE, origin=origin, alt_reads=alt, depth=depth,
        assembly="GRCh38", **rest,
    )  # fmt: skip


def judged(knowledge, *changes, major=1, minor=0, purity=0.6, phases=(), **rest):
    """The answer for the only gene, where all of chromosome 17 has those copies."""
    segments = [segment("17", 1, 83_000_000, major, minor, **rest)]
    case = tumour(segments, purity=purity, alterations=changes, phases=phases)
    (answer,) = second_hits(case, knowledge)
    return answer


@pytest.mark.parametrize(
    ("origin", "alt", "major", "minor", "alleles"),
    [  # the worked numbers at purity 0.6
        (SOMATIC, 300, 1, 1, Alleles.MONOALLELIC),  # both alleles there
        (GERMLINE, 500, 1, 1, Alleles.MONOALLELIC),
        (GERMLINE, 714, 1, 0, Alleles.BIALLELIC),  # wild-type copy lost
        (GERMLINE, 800, 2, 0, Alleles.BIALLELIC),  # lost without change of copies
        (SOMATIC, 429, 1, 0, Alleles.BIALLELIC),
        (SOMATIC, 300, 2, 0, Alleles.MONOALLELIC),  # one of two copies still without it
        (SOMATIC, 600, 2, 0, Alleles.BIALLELIC),
        (GERMLINE, 286, 1, 0, Alleles.MONOALLELIC),  # the changed copy was lost
        (SOMATIC, 100, 1, 0, Alleles.MONOALLELIC),  # in part of the cells only
        (UNKNOWN, 714, 1, 0, Alleles.BIALLELIC),  # whosever it is
        (UNKNOWN, 400, 1, 0, Alleles.UNKNOWN),  # one copy if somatic, none if germline
    ],
)
def test_reads_and_copies_tell_the_second_hit(knowledge, origin, alt, major, minor, alleles):
    answer = judged(knowledge, hit(alt=alt, origin=origin), major=major, minor=minor)
    assert answer.alleles is alleles, answer.reason


def test_a_germline_change_whose_own_copy_was_lost_is_no_hit(knowledge):
    lost = hit(alt=286, origin=GERMLINE)
    assert "changed copy itself was lost" in judged(knowledge, lost).reason
    other = hit(alt=429, protein="Q20*", position=43_050_000)
    answer = judged(knowledge, lost, other)
    assert answer.alleles is Alleles.BIALLELIC
    assert "Q20*" in answer.reason


def test_few_reads_make_it_probable_and_fewer_leave_it_open(knowledge):
    assert judged(knowledge, hit(alt=4, depth=10)).alleles is Alleles.PROBABLE
    assert judged(knowledge, hit(alt=1, depth=6)).alleles is Alleles.UNKNOWN
    bare = msgspec.structs.replace(hit(), alt_reads=None, depth=None)
    assert judged(knowledge, bare).alleles is Alleles.PROBABLE


def test_reads_that_the_copies_cannot_explain_are_not_believed(knowledge):
    answer = judged(knowledge, hit(alt=900, origin=GERMLINE), minor=1)
    assert answer.alleles is Alleles.UNKNOWN
    assert "more copies than that" in answer.reason


def test_two_hits_want_their_phase(knowledge):
    two = (hit(alt=300), hit(alt=300, protein="Q20*", position=43_050_000))
    assert judged(knowledge, *two, minor=1).alleles is Alleles.PROBABLE
    names = {"gene": "BRCA1", "first": "W10*", "second": "Q20*"}
    trans, cis = Phase(**names, cis=False), Phase(**names, cis=True)
    assert judged(knowledge, *two, minor=1, phases=(trans,)).alleles is Alleles.BIALLELIC
    assert judged(knowledge, *two, minor=1, phases=(cis,)).alleles is Alleles.MONOALLELIC


def test_a_germline_and_a_somatic_hit_are_two(knowledge):
    two = (hit(alt=500, origin=GERMLINE), hit(alt=300, protein="Q20*", position=43_050_000))
    answer = judged(knowledge, *two, minor=1)
    assert answer.alleles is Alleles.BIALLELIC
    assert "germline and a somatic" in answer.reason


def test_a_silenced_promoter_is_probable_and_only_where_it_silences(knowledge):
    methylated = Methylation(gene="BRCA1", methylated=True)
    assert judged(knowledge, hit(), methylated, minor=1).alleles is Alleles.PROBABLE
    elsewhere = (hit("TP53", position=7_670_000), Methylation(gene="TP53", methylated=True))
    assert judged(knowledge, *elsewhere, minor=1).alleles is Alleles.MONOALLELIC


def test_a_deletion_of_both_copies_needs_nothing_else(knowledge):
    gone = CopyNumber(gene="BRCA1", call=CopyCall.DELETION)
    assert judged(knowledge, gone).alleles is Alleles.BIALLELIC


@pytest.mark.parametrize(
    ("change", "where", "reason"),
    [
        ({}, {"purity": 0.15}, "15 %"),
        ({}, {"purity": None}, "tumour content not given"),
        ({"chromosome": "", "position": 0}, {}, "place in the genome"),
        ({"chromosome": "13", "position": 32_000_000}, {}, "no segment"),
        ({"sample": "other"}, {}, "no segments of its sample"),
        ({}, {"major": 0}, "no copy"),
        ({}, {"share": 0.4}, "part of the cancer cells"),
        ({}, {"assembly": "GRCh37"}, "different assemblies"),
    ],
)
def test_what_cannot_be_told_says_why(knowledge, change, where, reason):
    answer = judged(knowledge, hit(**change), **where)
    assert answer.alleles is Alleles.UNKNOWN
    assert reason in answer.reason


def test_the_only_x_of_a_man_is_all_there_is(knowledge):
    change = hit("KDM6A", alt=600, chromosome="X", position=45_000_000)
    case = tumour([segment("X", 1, 150_000_000, 1, 0)], purity=0.6, alterations=(change,))
    man = msgspec.structs.replace(case, sex="male")
    (answer,) = second_hits(man, knowledge)
    assert answer.alleles is Alleles.BIALLELIC
    assert "in a man" in answer.reason


def asked(case, knowledge, text="biallelic BRCA1 loss of function"):
    words = knowledge.vocabulary
    return evaluate_in(parse(text, words), CaseView(case, words)).answer


@pytest.mark.parametrize(
    ("alt", "minor", "answer"),
    [(429, 0, Answer.MET), (300, 1, Answer.UNMET)],
)
def test_the_criteria_hear_of_it(knowledge, alt, minor, answer):
    segments = [segment("17", 1, 83_000_000, 1, minor)]
    case = tumour(segments, purity=0.6, alterations=(hit(alt=alt),))
    assert asked(case, knowledge) is Answer.UNKNOWN
    assert asked(with_second_hits(case, knowledge), knowledge) is answer


def test_a_copy_lost_beside_a_hit_whose_own_copy_went_is_no_second_hit(knowledge):
    lost = CopyNumber(gene="BRCA1", call=CopyCall.LOSS)
    segments = [segment("17", 1, 83_000_000, 1, 0)]
    own = hit(alt=286, origin=GERMLINE)
    case = tumour(segments, purity=0.6, alterations=(own, lost))
    assert asked(case, knowledge) is Answer.MET  # by the loss alone
    assert asked(with_second_hits(case, knowledge), knowledge) is Answer.UNMET


def test_hits_in_two_genes_are_not_two_hits_of_one(knowledge):
    two = (hit(alt=300), hit("BRCA2", alt=300, chromosome="13", position=32_400_000))
    case = tumour([], alterations=two)
    text = "biallelic BRCA1/BRCA2 loss of function"
    assert asked(case, knowledge, text) is Answer.UNKNOWN


def test_what_a_laboratory_stated_stands(knowledge):
    stated = hit(alt=300, biallelic=True)
    case = tumour([segment("17", 1, 83_000_000, 1, 1)], purity=0.6, alterations=(stated,))
    assert with_second_hits(case, knowledge).alterations == (stated,)
    assert second_hits(case, knowledge)[0].alleles is Alleles.BIALLELIC


def test_findings_name_the_gene_and_a_case_without_copies_has_none(knowledge):
    case = tumour([segment("17", 1, 83_000_000, 1, 0)], purity=0.6, alterations=(hit(alt=429),))
    (finding,) = second_hit(case, (), knowledge)
    assert isinstance(finding, Finding)
    assert finding.value == "BRCA1: both copies hit"
    dim = tumour(case.segments, purity=0.1, alterations=case.alterations)
    assert [type(f) for f in second_hit(dim, (), knowledge)] == [NotAssessed]
    assert not list(second_hit(tumour([], alterations=(hit(),)), (), knowledge))
