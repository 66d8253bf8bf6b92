"""Raw structural variants put on genes: fusions, their direction and their frame."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onkos.annotate import describe
from onkos.annotate.gene_table import Genes
from onkos.annotate.joined import OPPOSED, UNPLACED_END
from onkos.annotate.junction_exons import Kept, driving_part, five_kept, in_frame, three_kept
from onkos.criteria import evaluate, parse
from onkos.model import Answer, Assay, Case, Fusion, Junction, Sample
from onkos.model.junction import NO_GENE_TOLD, ONE_OF_TABLE, OUTSIDE_TABLE
from onkos.model.reference import Transcript
from onkos.sources.knowledge.builtin import builtin

KNOWLEDGE = builtin()
WORDS = KNOWLEDGE.vocabulary
WIDE = Assay(id="w", name="whole genome", fusions=("all",), events=("all",))


def joined(kind="BND", one=("2", 42_299_000, "+"), other=("2", 29_223_528, "+"), **more):
    more.setdefault("assembly", "GRCh38")
    chromosome, position, side = other or ("", 0, "")
    mate = {"mate_chromosome": chromosome, "mate_position": position, "mate_side": side}
    return Junction(
        kind=kind, chromosome=one[0], position=one[1], side=one[2], **mate, **more
    )  # fmt: skip


def turned(junction):
    return msgspec.structs.replace(
        junction,
        chromosome=junction.mate_chromosome, position=junction.mate_position,
        side=junction.mate_side, mate_chromosome=junction.chromosome,
        mate_position=junction.position, mate_side=junction.side,
    )  # fmt: skip


def case(*junctions, **more):
    rows = len({j.name or n for n, j in enumerate(junctions)})
    more.setdefault("filtered", {NO_GENE_TOLD: rows})
    return Case(
        id="a", disease="LUAD", junctions=junctions, rows=rows,
        samples=(Sample(id="", assay=WIDE),), **more,
    )  # fmt: skip


def described(*junctions, **more):
    return describe(case(*junctions, **more), KNOWLEDGE)


def fusions(found):
    return [a for a in found.alterations if isinstance(a, Fusion)]


def answer(text, found):
    return evaluate(parse(text, WORDS), found, WORDS).answer


def exon(symbol, number, assembly="GRCh38"):
    """Lowest and highest base of an exon of the built-in table, counted as transcribed."""
    place = WORDS.place_by_gene[symbol]
    exons = place.exons(assembly)
    return (exons if place.strand > 0 else exons[::-1])[number - 1]


def behind(symbol, number, assembly="GRCh38"):
    """A break in the intron behind an exon: last base kept of the 5' part, and its side."""
    low, high = exon(symbol, number, assembly)
    plus = WORDS.place_by_gene[symbol].strand > 0
    return (WORDS.place_by_gene[symbol].chromosome, high + 90, "+") if plus else (
        WORDS.place_by_gene[symbol].chromosome, low - 90, "-")  # fmt: skip


def before(symbol, number, assembly="GRCh38"):
    """A break in the intron before an exon: first base kept of the 3' part, and its side."""
    low, high = exon(symbol, number, assembly)
    plus = WORDS.place_by_gene[symbol].strand > 0
    return (WORDS.place_by_gene[symbol].chromosome, low - 90, "-") if plus else (
        WORDS.place_by_gene[symbol].chromosome, high + 90, "+")  # fmt: skip


@pytest.mark.parametrize("assembly", ["GRCh37", "GRCh38"])
@pytest.mark.parametrize(
    ("five", "last", "three", "first", "frame"),
    [
        ("EML4", 13, "ALK", 20, True),  # variant 1
        ("EML4", 6, "ALK", 20, True),  # variant 3a
        ("EML4", 20, "ALK", 20, True),  # variant 2
        ("EML4", 7, "ALK", 20, False),
        ("KIF5B", 15, "RET", 12, True),
        ("CCDC6", 1, "RET", 12, True),
        ("CD74", 6, "ROS1", 34, True),
        ("BCR", 14, "ABL1", 2, True),  # e14a2
        ("TMPRSS2", 1, "ERG", 4, None),  # the first exon of TMPRSS2 is not translated
        ("EWSR1", 7, "FLI1", 6, True),  # type 1
    ],
)
def test_known_fusions_have_their_direction_exons_and_frame(
    assembly, five, last, three, first, frame
):
    junction = joined(
        one=behind(five, last, assembly), other=before(three, first, assembly), assembly=assembly
    )
    for read in (junction, turned(junction)):
        (found,) = fusions(described(read))
        assert (found.five, found.three, found.ordered) == (five, three, True)
        assert found.exons == (last, first)
        assert found.in_frame is frame
        assert "seen in DNA, not in RNA" in found.basis


def test_a_fusion_of_raw_calls_meets_its_criterion_and_one_out_of_frame_does_not():
    kept = described(joined(one=behind("EML4", 13), other=before("ALK", 20)))
    assert answer("ALK fusion", kept) is Answer.MET
    assert answer("EML4::ALK fusion", kept) is Answer.MET
    shifted = described(joined(one=behind("EML4", 7), other=before("ALK", 20)))
    assert answer("ALK fusion", shifted) is Answer.UNKNOWN
    assert not kept.filtered


def test_an_inversion_has_two_junctions_and_is_one_fusion():
    found = described(
        joined("INV", ("2", 29_223_528, "+"), ("2", 42_299_000, "+"), name="a"),
        joined("INV", ("2", 29_223_529, "-"), ("2", 42_299_001, "-"), name="a"),
    )
    assert [a.label for a in fusions(found)] == ["EML4::ALK fusion"]
    assert not found.filtered


def test_a_fusion_known_already_is_not_told_twice():
    rna = Fusion(five="EML4", three="ALK", in_frame=True, reads=40)
    found = described(joined(), alterations=(rna,))
    assert [a.basis for a in fusions(found)] == [""]
    assert found.filtered == {"same fusion, another row": 1}


def test_a_kinase_joined_to_no_gene_is_a_rearrangement_that_leaves_the_fusion_open():
    found = described(joined(one=("4", 1_000, "+"), other=before("ALK", 20)))
    (alone,) = fusions(found)
    assert (alone.label, alone.three) == ("ALK rearrangement", "ALK")
    assert answer("ALK fusion", found) is Answer.UNKNOWN
    assert answer("ALK rearrangement", found) is Answer.MET


def test_a_kinase_that_keeps_its_other_part_is_no_rearrangement_of_note():
    found = described(joined(one=("4", 1_000, "+"), other=behind("ALK", 19)))
    assert not fusions(found)
    assert found.filtered == {ONE_OF_TABLE: 1}


def test_genes_that_run_against_each_other_make_no_transcript():
    found = described(joined(one=behind("EML4", 13), other=behind("BRCA2", 10)))
    assert not fusions(found)
    assert found.filtered == {OPPOSED: 1}


def test_one_placed_end_of_a_kinase_is_named_and_others_are_counted():
    named = described(joined("SGL", before("RET", 12), None))
    assert [a.label for a in fusions(named)] == ["RET rearrangement"]
    assert described(joined("SGL", ("4", 1_000, "+"), None)).filtered == {UNPLACED_END: 1}


def test_a_variant_within_one_gene_is_its_event():
    low, high = exon("EGFR", 2)[0] - 50, exon("EGFR", 7)[1] + 50
    found = described(joined("DEL", ("7", low, "+"), ("7", high, "-")))
    assert [a.label for a in found.alterations] == ["EGFR exons 2-7 lost"]
    assert found.filtered == {}  # what is told as an event is not left out
    assert answer("EGFR-vIII", found) is Answer.MET


def test_where_structural_variants_have_no_place_no_fusion_is_ruled_out():
    settled = described()
    assert answer("ALK fusion", msgspec.structs.replace(settled, filtered={})) is Answer.UNMET
    open_ = described(joined(assembly=""))
    assert open_.filtered == {NO_GENE_TOLD: 1}
    assert answer("ALK fusion", open_) is Answer.UNKNOWN
    assert answer("EGFR exons 2-7 lost", open_) is Answer.UNKNOWN
    assert any("have no place on an assembly that is known" in n for n in open_.notices)


def test_the_built_in_table_rules_out_fusions_of_the_genes_that_it_holds_whole():
    found = described(joined(one=("4", 1_000, "+"), other=("5", 2_000, "-")))
    assert found.filtered == {OUTSIDE_TABLE: 1}
    assert answer("ALK fusion", found) is Answer.UNMET
    part = next(p for p in WORDS.places if not p.whole and p.symbol == "RSPO2")
    assert answer(f"{part.symbol} fusion", found) is Answer.UNKNOWN


places_of = st.sampled_from([p for p in WORDS.places if "GRCh38" in p.spans])


@given(st.tuples(places_of, places_of), st.data())
def test_which_end_is_told_first_does_not_matter(pair, data):
    ends = []
    for place in pair:
        start, end = place.spans["GRCh38"]
        at = data.draw(st.integers(start, end))
        ends.append((place.chromosome, at, data.draw(st.sampled_from("+-"))))
    one = joined(one=ends[0], other=ends[1])
    told = [
        ([(a.label, a.in_frame, a.exons) for a in fusions(found)], found.filtered)
        for found in (described(one), described(turned(one)))
    ]
    assert told[0] == told[1]


def plain(strand):
    """Exons of 30, 31 and 29 bases, all coding but for three bases at either end."""
    exons = ((101, 130), (201, 231), (301, 329))
    ordered = exons if strand > 0 else exons[::-1]
    return Transcript(
        id="t", gene="G", chromosome="1", strand=strand, exons=ordered, coding=(104, 326)
    )


@pytest.mark.parametrize(
    ("position", "five", "three"),
    [
        (90, Kept(0, None), Kept(2, 0)),  # before the gene; its first exon has no acceptor
        (115, Kept(0, None), Kept(0, None)),  # in an exon
        (150, Kept(1, 0), Kept(2, 0)),
        (250, Kept(2, 1), Kept(3, 1)),
        (400, Kept(3, None), Kept(0, None)),
    ],
)
def test_exons_and_phase_at_a_break(position, five, three):
    gene = plain(1)
    assert five_kept(gene, position) == five
    assert three_kept(gene, position) == three
    assert in_frame(five, three) in {None, five.phase == three.phase}


def test_the_reverse_strand_counts_from_its_own_end():
    assert five_kept(plain(-1), 250) == Kept(1, 2)  # 26 coding bases of 29
    assert three_kept(plain(-1), 250) == Kept(2, 2)


def test_a_reference_of_the_users_wins_where_it_has_genes():
    class Small:
        assembly, lifts_from = "GRCh38", ()

        def transcripts_of(self, chromosome, start, end):
            own = Transcript(id="x", gene="MINE", chromosome="2", strand=1, exons=((1, 90),))
            return (own,) if chromosome == "2" and start <= 90 else ()

    genes = Genes("GRCh38", WORDS, Small())
    assert [t.gene for t in genes.transcripts_of("2", 5, 5)] == ["MINE"]
    assert [t.gene for t in genes.transcripts_of("2", 29_223_528, 29_223_528)] == ["ALK"]


@pytest.mark.parametrize(
    ("five", "last", "three", "first", "rule", "expected"),
    [
        ("EML4", 13, "ALK", 20, "ALK fusion", Answer.MET),
        ("EML4", 15, "ALK", 29, "ALK fusion", Answer.UNKNOWN),
        ("EML4", 15, "ALK", 29, "EML4::ALK fusion", Answer.UNKNOWN),
        ("FGFR2", 17, "BICC1", 3, "FGFR2 fusion", Answer.MET),
        ("FGFR2", 2, "BICC1", 3, "FGFR2 fusion", Answer.UNKNOWN),
        ("FGFR3", 17, "TACC3", 11, "FGFR3 fusion", Answer.MET),
    ],
)
def test_a_fusion_that_drives_keeps_the_part_by_which_it_drives(
    five, last, three, first, rule, expected
):
    found = described(joined(one=behind(five, last), other=before(three, first)))
    (fusion,) = fusions(found)
    assert answer(rule, found) is expected
    assert bool(fusion.oncogenicity.drives) is (expected is Answer.MET)
    if expected is Answer.UNKNOWN:
        assert "drives is not kept whole" in fusion.basis


def test_a_rearrangement_without_the_kinase_is_not_asserted():
    """ALK broken in its last intron, joined to no gene."""
    found = described(joined(one=("5", 20_000_000, "+"), other=("2", 29_194_500, "+")))
    (fusion,) = fusions(found)
    assert fusion.lost == ("ALK",)
    assert not fusion.oncogenicity.drives
    assert answer("ALK rearrangement", found) is Answer.UNKNOWN


@pytest.mark.parametrize("gene", [g for g in WORDS.genes if g.fusion_keeps])
def test_the_part_by_which_a_gene_drives_has_a_place_on_both_assemblies(gene):
    place = WORDS.place_by_gene[gene.symbol]
    for assembly in ("GRCh37", "GRCh38"):
        low, high = driving_part(place, assembly, gene.fusion_keeps)
        first, last = (exon(gene.symbol, n, assembly) for n in gene.fusion_keeps)
        assert (low, high) == (min(first[0], last[0]), max(first[1], last[1]))


@given(st.permutations([(13, 20), (15, 20), (6, 20), (15, 29), (20, 20)]))
def test_the_order_of_rows_never_matters(exons):
    rows = [joined(one=behind("EML4", a), other=before("ALK", b), name=f"{a}-{b}", reads=9)
            for a, b in exons]  # fmt: skip
    more = [joined(one=behind("CCDC6", 1), other=before("RET", 12), name="r")]
    found, turned_ = described(*rows, *more), described(*more, *sorted(rows, key=lambda j: j.name))
    assert found.alterations == turned_.alterations
    assert found.filtered == turned_.filtered == {"same fusion, another row": 4}
    assert found.notices == turned_.notices
    assert fusions(found)[1].in_frame
    assert answer("ALK fusion", found) is Answer.MET


@pytest.mark.parametrize("ordered", [True, False])
def test_a_fusion_named_by_its_file_keeps_what_drives_too(ordered):
    """As VEP names genes at the ends: the places tell the frame and what is kept."""
    for first, expected in ((20, Answer.MET), (29, Answer.UNKNOWN)):
        one = joined(one=behind("EML4", 13 if first == 20 else 15), other=before("ALK", first),
                     genes=("EML4",), mate_genes=("ALK",))  # fmt: skip
        told = Fusion(five="EML4" if ordered else "ALK", three="ALK" if ordered else "EML4",
                      ordered=ordered, breakpoints="2:42303230 - 2:29194500")  # fmt: skip
        found = described(one, alterations=(told,), filtered={})
        (fusion,) = fusions(found)
        assert (fusion.five, fusion.three) == ("EML4", "ALK")
        assert fusion.in_frame or first == 29
        assert answer("ALK fusion", found) is expected


@pytest.mark.parametrize("assembly", ["GRCh37", "GRCh38"])
def test_a_break_before_the_transcript_that_is_held_is_in_the_gene(assembly):
    """TMPRSS2::ERG broken before the first exon of one transcript of ERG; BCR::ABL1 before 1a."""
    far = 0 if assembly == "GRCh38" else 39_751_949 - 38_380_027
    erg = joined(one=behind("TMPRSS2", 1, assembly), other=("21", 38_505_000 + far, "+"),
                 assembly=assembly)  # fmt: skip
    assert "TMPRSS2::ERG fusion" in [f.label for f in fusions(described(erg))]
    far = 0 if assembly == "GRCh38" else 133_710_453 - 130_835_066
    abl = joined(one=behind("BCR", 14, assembly), other=("9", 130_760_000 + far, "-"),
                 assembly=assembly)  # fmt: skip
    found = described(abl)
    assert fusions(found)[0].in_frame
    assert answer("BCR::ABL1 fusion", found) is Answer.MET
