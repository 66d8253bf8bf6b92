"""Genes that a structural variant cuts, turns or takes away: what is told, and what stays open."""

import pytest

from onkos.annotate import describe
from onkos.annotate.inside import NOT_UNDERSTOOD, SAME_EVENT
from onkos.model import Answer, Assay, Case, Consent, GeneEvent, Origin, Sample
from onkos.model.junction import NO_GENE_TOLD
from tests.annotate.test_joined import KNOWLEDGE, answer, exon, joined

ALL = Assay(id="w", name="whole genome", fusions=("all",), events=("all",),
            small_variants=("all",), copy_number=("all",))  # fmt: skip


def found_in(*junctions, **more):
    rows = len(junctions)
    more.setdefault("filtered", {NO_GENE_TOLD: rows})
    one = Case(id="a", disease="HGSOC", junctions=junctions, rows=rows,
               samples=(Sample(id="", assay=ALL),), **more)  # fmt: skip
    return describe(one, KNOWLEDGE)


def deletion(chromosome, low, high, **more):
    return joined("DEL", (chromosome, low, "+"), (chromosome, high, "-"), **more)


def labels(found):
    return [a.label for a in found.alterations if isinstance(a, GeneEvent)]


SUPPRESSORS = {
    "BRCA2 exons 9-10 lost": deletion("13", 32_330_000, 32_340_501),
    "BRCA2 exons 1-27 lost": deletion("13", 32_310_000, 32_410_001),
    "PTEN broken by a rearrangement": joined(
        "INV", ("10", 87_900_000, "+"), ("10", 95_000_000, "+")
    ),
    "BRCA1 broken by a rearrangement": joined(
        "BND", ("17", 43_080_000, "+"), ("5", 20_000_000, "+")
    ),
}


@pytest.mark.parametrize("label", SUPPRESSORS)
def test_a_suppressor_lost_or_cut_has_lost_its_function(label):
    found = found_in(SUPPRESSORS[label])
    (event,) = found.alterations
    assert event.label == label
    assert event.oncogenicity.drives
    assert answer(f"{event.gene} loss of function", found) is Answer.MET
    assert found.filtered == {}  # told, so not left out


def test_a_long_deletion_is_said_and_leaves_the_suppressor_open():
    found = found_in(deletion("13", 25_000_000, 60_000_000))
    assert labels(found) == []
    assert found.filtered == {NOT_UNDERSTOOD: 1}
    assert any(n.startswith("BRCA2: a deletion of 35.00 Mb") for n in found.notices)
    assert answer("BRCA2 loss of function", found) is Answer.UNKNOWN
    assert answer("BRCA2 loss of function", found_in(filtered={})) is Answer.UNMET


def test_a_tandem_duplication_leaves_one_whole_copy_of_a_gene_at_its_end():
    found = found_in(joined("DUP", ("13", 32_340_500, "-"), ("13", 32_900_000, "+")))
    assert found.alterations == ()
    assert found.open_genes == {}


@pytest.mark.parametrize(
    ("junction", "gene", "said", "asked"),
    [
        (joined("DUP", ("7", 55_172_500, "-"), ("7", 55_204_500, "+")), "EGFR", "are doubled",
         "EGFR fusion"),
        (joined("INV", ("2", 29_223_800, "+"), ("2", 29_400_000, "+")), "ALK", "turned round",
         "ALK fusion"),
    ],
)  # fmt: skip
def test_what_is_not_understood_of_a_gene_is_said_and_leaves_it_open(junction, gene, said, asked):
    found = found_in(junction)
    assert found.alterations == ()
    assert found.filtered == {NOT_UNDERSTOOD: 1}
    (notice,) = (n for n in found.notices if n.startswith(f"{gene}: "))
    assert said in notice
    assert answer(asked, found) is Answer.UNKNOWN
    assert answer(asked, found_in(filtered={})) is Answer.UNMET


def test_more_exons_lost_than_are_asked_for_may_or_may_not_be_it():
    low, high = exon("MET", 13)[0] - 50, exon("MET", 14)[1] + 50
    found = found_in(deletion("7", low, high))
    assert labels(found) == ["MET exons 13-14 lost"]
    assert answer("MET exon 14 skipping", found) is Answer.UNKNOWN


def test_within_one_intron_nothing_is_cut():
    low = exon("PTEN", 1)[1] + 500
    assert found_in(joined("INV", ("10", low, "+"), ("10", low + 900, "+"))).alterations == ()


def test_two_rows_of_one_event_are_told_once_and_both_counted():
    row = SUPPRESSORS["BRCA2 exons 9-10 lost"]
    found = found_in(row, joined("DEL", ("13", 32_330_004, "+"), ("13", 32_340_507, "-")))
    assert labels(found) == ["BRCA2 exons 9-10 lost"]
    assert found.filtered == {SAME_EVENT: 1}


def test_an_inherited_one_is_withheld_with_all_that_it_opened():
    inherited = [deletion("13", 25_000_000, 60_000_000, origin=Origin.GERMLINE),
                 joined("BND", ("17", 43_080_000, "+"), ("5", 20_000_000, "+"),
                        origin=Origin.GERMLINE)]  # fmt: skip
    found = found_in(*inherited, germline=Consent.WITHHOLD)
    assert found.alterations == ()
    assert found.open_genes == found.open_structures == {}
    assert not any("BRCA" in notice for notice in found.notices)
