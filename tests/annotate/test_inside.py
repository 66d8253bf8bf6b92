"""Structural variants within one gene: which event each one is."""

import msgspec
import pytest

from onkos.annotate import describe
from onkos.annotate.inside import stretch_of, with_inner_events
from onkos.criteria import evaluate, parse
from onkos.model import (
    Answer,
    Case,
    Consent,
    Event,
    Gene,
    GeneEvent,
    Junction,
    KnownChange,
    Origin,
    Vocabulary,
)
from onkos.model.criterion import EventIs
from tests.small_genome import exons, mirrored, place, small_genome

TANDEM = Gene(symbol="FWD", domains={"tandem duplications": (10, 16)})  # of exon 2
DOUBLED = EventIs(gene="FWD", event=Event.PTD)
PARTIAL = Gene(symbol="FWD", changes=(KnownChange(standing="oncogenic", when=(DOUBLED,)),))


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return small_genome(tmp_path_factory.mktemp("small"))


def junction(kind, first, last, chromosome="1", assembly="GRCh38", **more):
    """A deletion or duplication of the bases from first to last."""
    low, high = (first - 1, last + 1) if kind == "DEL" else (first, last)
    sides = ("+", "-") if kind == "DEL" else ("-", "+")
    return Junction(
        kind=kind, chromosome=chromosome, position=low, side=sides[0],
        mate_chromosome=chromosome, mate_position=high, mate_side=sides[1],
        assembly=assembly, **more,
    )  # fmt: skip


def case(*junctions, **more):
    return Case(id="a", disease="AML", junctions=junctions, rows=len(junctions), **more)


def labels(found):
    return [a.label for a in found.alterations if isinstance(a, GeneEvent)]


def words(*genes):
    return Vocabulary(genes=genes)


@pytest.mark.parametrize(
    ("sides", "what"),
    [
        (("+", "-"), ("deletion", 101, 899)),
        (("-", "+"), ("duplication", 100, 900)),
        (("+", "+"), None),
        (("-", "-"), None),
    ],
)
def test_breakends_are_read_by_their_sides_from_either_end(sides, what):
    one = Junction(kind="BND", chromosome="7", position=100, side=sides[0],
                   mate_chromosome="7", mate_position=900, mate_side=sides[1])  # fmt: skip
    turned = Junction(kind="BND", chromosome="7", position=900, side=sides[1],
                      mate_chromosome="7", mate_position=100, mate_side=sides[0])  # fmt: skip
    for stretch in (stretch_of(one), stretch_of(turned)):
        found = stretch and (stretch.what, stretch.first, stretch.last)
        assert found == what
    away = msgspec.structs.replace(one, mate_chromosome="8")
    assert stretch_of(away) is None


@pytest.mark.parametrize(
    ("first", "last", "added", "itd"),
    [
        (30, 41, 0, True),  # twelve bases of exon 2
        (30, 40, 0, False),  # out of frame
        (30, 40, 1, True),  # in frame again by a base put in
        (12, 41, 0, False),  # from exon 1, where the gene has none
        (45, 50, 0, True),  # the last residues of the span's exon
    ],
)
def test_a_tandem_duplication_by_place_and_frame(small, first, last, added, itd):
    one = junction("DUP", place(first), place(last), inserted="A" * added)
    found = with_inner_events(case(one), words(TANDEM), small)
    assert labels(found) == (["FWD-ITD"] if itd else [])
    low, high = mirrored(place(first), place(last))
    other = junction("DUP", low, high, "2", inserted="A" * added)
    backward = msgspec.structs.replace(TANDEM, symbol="REV")
    found = with_inner_events(case(other), words(backward), small)
    assert labels(found) == (["REV-ITD"] if itd else [])


@pytest.mark.parametrize(("bases", "itd"), [("ACGACG", True), ("ACGAC", False)])
def test_an_insertion_of_told_bases(small, bases, itd):
    one = Junction(kind="INS", chromosome="1", position=place(36), side="+", inserted=bases,
                   assembly="GRCh38")  # fmt: skip
    found = with_inner_events(case(one), words(TANDEM), small)
    assert labels(found) == (["FWD-ITD"] if itd else [])


def test_a_duplicated_exon_is_a_partial_tandem_duplication_once(small):
    first, last = exons()[1][0] - 4, exons()[1][1] + 4
    one = junction("DUP", first, last, vaf=0.2, origin=Origin.SOMATIC)
    again = msgspec.structs.replace(one, name="of another caller")
    found = with_inner_events(case(one, again), words(PARTIAL), small)
    (event,) = found.alterations
    assert event == GeneEvent(
        gene="FWD", event=Event.PTD, first_exon=2, last_exon=2, vaf=0.2, origin=Origin.SOMATIC
    )
    assert found.notices == (f"FWD: FWD-PTD, worked out here of a duplication at 1:{first}-{last}",)
    stated = case(one, alterations=(event,))
    assert with_inner_events(stated, words(PARTIAL), small) == stated
    sampled = case(msgspec.structs.replace(one, sample="t"), alterations=(event,))
    assert with_inner_events(sampled, words(PARTIAL), small) == sampled


def test_a_lost_exon_and_one_that_is_known_to_be_skipped(small):
    one = junction("DEL", exons()[1][0] - 4, exons()[1][1] + 4)
    found = with_inner_events(case(one), words(Gene(symbol="FWD")), small)
    assert labels(found) == ["FWD exons 2-2 lost"]
    skipped = words(Gene(symbol="FWD", skipped_exons=(2,)))
    assert labels(with_inner_events(case(one), skipped, small)) == ["FWD exon 2 skipping"]
    half = junction("DEL", exons()[1][0] + 4, exons()[1][1] + 4)
    assert labels(with_inner_events(case(half), skipped, small)) == []


def test_what_was_filtered_or_has_no_place_is_no_event(small):
    first, last = exons()[1][0] - 4, exons()[1][1] + 4
    vocabulary = words(Gene(symbol="FWD"))
    left = junction("DEL", first, last, filters=("LowQual",))
    assert with_inner_events(case(left), vocabulary, small) == case(left)
    for assembly in ("GRCh37", ""):
        found = with_inner_events(
            case(junction("DEL", first, last, assembly=assembly)), vocabulary, small
        )
        assert labels(found) == []
        assert "1 structural variants have no place on GRCh38" in found.notices[0]


def test_variant_three_of_egfr_by_both_assemblies(knowledge, tiny):
    asked = parse("EGFR-vIII", knowledge.vocabulary)
    for assembly, first, last in (
        ("GRCh38", 55_100_001, 55_155_000),
        ("GRCh37", 55_167_694, 55_222_693),
    ):
        found = describe(case(junction("DEL", first, last, "7", assembly)), knowledge, tiny)
        (event,) = found.alterations
        assert event.label == "EGFR exons 2-7 lost"
        assert event.oncogenicity.drives
        assert evaluate(asked, found, knowledge.vocabulary).answer is Answer.MET


def test_the_notice_of_an_inherited_duplication_is_withheld_too(knowledge, small):
    first, last = exons()[1][0] - 4, exons()[1][1] + 4
    one = junction("DUP", first, last, origin=Origin.GERMLINE)
    other = msgspec.structs.replace(knowledge, vocabulary=words(PARTIAL))
    told, withheld = (
        describe(case(one, germline=consent), other, small)
        for consent in (Consent.REPORT, Consent.WITHHOLD)
    )
    assert labels(told) == ["FWD-PTD"]
    assert (labels(withheld), withheld.notices) == ([], ())


def test_an_inherited_loss_is_withheld_with_its_notice(knowledge, tiny):
    exon = next(t for t in tiny.transcripts_of("17", 43_044_295, 43_125_483)
                if t.gene == "BRCA1" and t.mane).exons[10]  # fmt: skip
    lost = junction("DEL", exon[0] - 50, exon[1] + 50, "17", origin=Origin.GERMLINE)
    told = describe(case(lost), knowledge, tiny)
    assert labels(told)[0].startswith("BRCA1 exons")
    withheld = describe(case(lost, germline=Consent.WITHHOLD), knowledge, tiny)
    assert labels(withheld) == []
    assert not any("BRCA1" in notice for notice in withheld.notices)
