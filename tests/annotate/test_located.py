"""Variants that carry a place alone, described by a reference, and what is said otherwise."""

import msgspec
import pytest

from onkos.annotate import describe
from onkos.annotate.events import duplicated_exons, lost_exons
from onkos.annotate.located import located
from onkos.criteria import evaluate, parse
from onkos.model import (
    Answer,
    Case,
    Consequence,
    Event,
    Gene,
    GeneEvent,
    KnownChange,
    SmallVariant,
    Vocabulary,
)
from onkos.model.criterion import EventIs, Mutation
from onkos.model.reference import NO_REFERENCE
from tests.small_genome import FORWARD, place, small_genome


def bare(chromosome, position, reference, alternate, assembly="GRCh38", **more):
    return SmallVariant(gene="", chromosome=chromosome, position=position, reference=reference,
                        alternate=alternate, assembly=assembly, **more)  # fmt: skip


def case(*alterations, disease="LUAD"):
    return Case(id="a", disease=disease, alterations=alterations, rows=len(alterations))


def said(found):
    return "\n".join(found.notices)


def test_a_bare_call_becomes_a_described_and_assessed_one(knowledge, tiny):
    found = describe(case(bare("7", 55191822, "T", "G", vaf=0.3)), knowledge, tiny)
    (variant,) = found.alterations
    assert (variant.gene, variant.protein, variant.coding) == ("EGFR", "L858R", "c.2573T>G")
    assert (variant.transcript, variant.exon) == ("ENST00000275493.7", "21")
    assert (variant.first, variant.last, variant.vaf) == (858, 858, 0.3)
    assert variant.consequence is Consequence.MISSENSE
    assert variant.oncogenicity is not None
    assert variant.oncogenicity.drives
    assert found.notices == ()


def test_a_promoter_change_is_one_only_where_promoters_are_known_to_matter(knowledge, tiny):
    upstream = tiny.sequence("7", 55019017 - 100, 55019017 - 100)
    other = "A" if upstream != "A" else "C"
    egfr = bare("7", 55019017 - 100, upstream, other)
    found = describe(case(bare("5", 1295113, "G", "A"), egfr), knowledge, tiny)
    (variant,) = found.alterations
    assert (variant.gene, variant.coding) == ("TERT", "c.-124C>T")
    assert variant.consequence is Consequence.PROMOTER
    assert sum(found.filtered.values()) == 1


def test_silent_changes_are_counted_and_no_row_is_lost(knowledge, tiny):
    calls = (
        bare("7", 55191822, "T", "G"),
        bare("7", 55191823, "G", "A"),  # L858=
        bare("7", 55190000, tiny.sequence("7", 55190000, 55190000), "N"),
        bare("7", 57000000, tiny.sequence("7", 57000000, 57000000), "N"),
    )
    found = describe(case(*calls), knowledge, tiny)
    assert len(found.alterations) + sum(found.filtered.values()) == len(calls)
    assert found.filtered == {"synonymous": 1, "intronic": 1, "between genes": 1}


def test_calls_of_the_other_assembly_are_lifted_over(knowledge, tiny):
    found = describe(case(bare("7", 55259515, "T", "G", assembly="GRCh37")), knowledge, tiny)
    (variant,) = found.alterations
    assert (variant.protein, variant.assembly, variant.position) == ("L858R", "GRCh37", 55259515)
    assert "1 variants were lifted over to GRCh38" in said(found)


def test_without_a_reference_the_calls_stay_and_the_way_out_is_named(knowledge):
    call = bare("7", 55191822, "T", "G")
    found = located(case(call), knowledge.vocabulary, NO_REFERENCE)
    assert found.alterations == (call,)
    assert "1 variants carry a place and no annotation" in said(found)
    assert "onkos reference add" in said(found)


def test_a_wrong_base_is_named_and_not_described(knowledge, tiny):
    found = describe(case(bare("7", 55191822, "C", "G")), knowledge, tiny)
    (variant,) = found.alterations
    assert variant.protein == ""
    assert "the base is not that of GRCh38 there, not described: 7:55191822 C>G" in said(found)


def test_an_assembly_out_of_reach(knowledge, tiny):
    found = describe(case(bare("7", 5, "C", "G", assembly="NCBI36")), knowledge, tiny)
    assert "are of NCBI36, the reference at hand is GRCh38" in said(found)


EGFR_37 = [(55259515, "T", "G"), *((55241700 + at, None, None) for at in range(0, 40, 3))]


def calls_of_37(tiny, assembly):
    """Changes of EGFR by their places on GRCh37, the bases taken from its counterpart."""
    for position, reference, alternate in EGFR_37:
        there = tiny.lift("GRCh37", "7", position).position
        base = reference or tiny.sequence("7", there, there)
        other = alternate or ("A" if base != "A" else "C")
        yield bare("7", position, base, other, assembly=assembly)


def test_a_mislabelled_assembly_is_told_by_the_bases(knowledge, tiny):
    found = describe(case(*calls_of_37(tiny, "GRCh38")), knowledge, tiny)
    assert any(getattr(a, "protein", "") == "L858R" for a in found.alterations)
    assert "said to be of GRCh38 are of GRCh37 by their bases" in said(found)
    assert "correct the header" in said(found)


def test_an_assembly_not_stated_is_told_by_the_bases(knowledge, tiny):
    found = describe(case(*calls_of_37(tiny, "")), knowledge, tiny)
    assert "by their bases the variants are of GRCh37" in said(found)
    assert any(getattr(a, "protein", "") == "L858R" for a in found.alterations)


def test_a_mixture_is_named_and_only_what_fits_is_described(knowledge, tiny):
    wrong = list(calls_of_37(tiny, "GRCh38"))
    positions = (55191822 + at for at in range(-20, 20, 3))
    right = [bare("7", p, tiny.sequence("7", p, p), "A" if tiny.sequence("7", p, p) != "A" else "C")
             for p in positions]  # fmt: skip
    found = describe(case(*wrong, *right), knowledge, tiny)
    assert "two assemblies may be mixed" in said(found)


def test_a_file_that_says_otherwise_is_kept_with_the_disagreement(knowledge, tiny):
    claimed = bare("3", 10142050, "C", "A", protein="S65*", consequence=Consequence.NONSENSE)
    claimed = msgspec.structs.replace(claimed, gene="VHL", first=65, last=65)
    found = describe(case(claimed, disease="CCRCC"), knowledge, tiny)
    assert found.alterations[0].protein == "S65*"
    assert "VHL: S65* is written, but ENST00000256474.3:c.203C>A is S68*" in said(found)


# FWD of the made-up genome plays genes whose events are known.
TANDEM = Gene(symbol="FWD", domains={"tandem duplications": (10, 16)})
SKIPPED = Gene(symbol="FWD", skipped_exons=(2,), exons={"2": (7, 17)})
LIMITS = {
    "splicing_reach": 12.0,
    "promoter_reach": 1000.0,
    "assembly_least_variants": 8.0,
    "assembly_fits": 0.9,
    "assembly_misfits": 0.6,
}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return small_genome(tmp_path_factory.mktemp("small"))


def words(gene):
    return Vocabulary(genes=(gene,), limits=LIMITS)


@pytest.mark.parametrize(
    ("index", "bases", "event"),
    [
        (40, "CAA", True),  # Q13dup
        (41, "GGTGGT", True),  # within a codon: a delins of the protein, longer than before
        (40, "CA", False),  # out of frame
        (7, "GCT", False),  # A2dup, outside the stretch
    ],
)
def test_an_insertion_in_frame_where_tandem_duplications_lie(small, index, bases, event):
    call = bare("1", place(index) - 1, "", bases, vaf=0.4)
    found = located(case(call), words(TANDEM), small).alterations
    assert [type(one) for one in found] == [SmallVariant, GeneEvent][: 1 + event]
    if event:
        assert found[1].label == "FWD-ITD"
        assert found[1].vaf == 0.4


@pytest.mark.parametrize(
    ("index", "offset", "removed", "bases", "kind", "skips"),
    [
        (20, 1, "G", "A", Consequence.SPLICE, False),  # the donor of exon 1 is not its own
        (21, -2, "A", "T", Consequence.SPLICE, True),
        (51, 1, "G", "A", Consequence.SPLICE, True),
        (51, -1, "ACGTG", "", Consequence.SPLICE, True),  # over the border
        (21, -10, "TTTCC", "", Consequence.SPLICE_REGION, None),
        (21, -12, "TCT", "", Consequence.INTRONIC, None),
    ],
)
def test_an_exon_that_its_splice_sites_skip(small, index, offset, removed, bases, kind, skips):
    start = place(index) + offset
    assert FORWARD[start - 1 : start - 1 + len(removed)] == removed
    found = located(case(bare("1", start, removed, bases)), words(SKIPPED), small)
    variant = found.alterations[0]
    assert variant.consequence is kind
    events = [a for a in found.alterations if isinstance(a, GeneEvent)]
    assert [e.label for e in events] == (["FWD exon 2 skipping"] if skips else [])
    rule = EventIs(gene="FWD", event=Event.SKIPPING, first_exon=2, last_exon=2)
    answers = {True: Answer.MET, False: Answer.UNMET, None: Answer.UNKNOWN}
    if skips is not False:
        assert evaluate(rule, found, words(SKIPPED)).answer is answers[skips]


def test_a_stretch_doubled_or_lost_within_a_gene(small):
    rule = EventIs(gene="FWD", event=Event.PTD)
    known = Gene(symbol="FWD", changes=(KnownChange(standing="oncogenic", when=(rule,)),))
    first, last = place(21) - 5, place(51) + 5
    assert duplicated_exons(small, words(known), "1", first, last) == (("FWD", Event.PTD, 2, 2),)
    assert duplicated_exons(small, words(TANDEM), "1", first, last) == ()
    assert duplicated_exons(small, words(known), "1", place(25), last) == ()
    lost = lost_exons(small, words(known), "1", first, last)
    assert lost == (("FWD", Event.EXONS_LOST, 2, 2),)


def test_promoter_rules_come_from_the_knowledge(small):
    call = bare("1", place(1) - 15, "G", "T")
    rule = Mutation(genes=("FWD",), promoter=True)
    known = Gene(symbol="FWD", changes=(KnownChange(standing="oncogenic", when=(rule,)),))
    assert located(case(call), words(known), small).alterations[0].coding == "c.-15G>T"
    assert located(case(call), words(TANDEM), small).filtered == {"upstream of a gene": 1}


def test_a_described_event_meets_the_criterion(knowledge, small):
    vocabulary = words(TANDEM)
    found = located(case(bare("1", place(39), "", "CAA")), vocabulary, small)
    assert evaluate(parse("FWD-ITD", vocabulary), found, vocabulary).answer is Answer.MET
