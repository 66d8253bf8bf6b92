"""Every kind of change on a made-up gene, worked out by hand, the same on both strands.

c.1  ATG GCT TCC GAA CGT TTG CC|G AAA GGT GGT GGC TAC CAA GAT CAT TGG AAC|TGG CGT AGC TTA
AGC ATA TGA, then CC ATA GGA TGA CTT AGC ...; the introns stand at the bars.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onkos.annotate.consequence import Annotator, Site
from onkos.annotate.edit import as_record, forms, leftmost, trimmed
from onkos.annotate.residues import three_letter
from onkos.annotate.written import genomic
from onkos.model import Consequence as C
from onkos.model.protein import parse_protein
from onkos.model.reference import reverse_complement
from tests.small_genome import FORWARD, mirrored, place, small_genome


@pytest.fixture(scope="module")
def annotator(tmp_path_factory):
    return Annotator(small_genome(tmp_path_factory.mktemp("small")), 1000)


def both(annotator, start, removed, bases):
    """The effect on FWD, and on REV of the same change on the other strand."""
    assert FORWARD[start - 1 : start - 1 + len(removed)] == removed
    forward = annotator.effects("1", start, removed, bases)
    low, high = mirrored(start, start + len(removed) - 1)
    other = (reverse_complement(removed), reverse_complement(bases))
    reverse = annotator.effects("2", low if removed else high + 1, *other)
    return forward, reverse


def at(index, offset=0):
    return place(index) + offset


SAME = [
    # coding base, offset, removed, put in, HGVS c., consequence, protein
    (5, 0, "C", "A", "c.5C>A", C.MISSENSE, "A2D"),
    (6, 0, "T", "C", "c.6T>C", C.SYNONYMOUS, "A2="),
    (47, 0, "G", "A", "c.47G>A", C.NONSENSE, "W16*"),
    (2, 0, "T", "C", "c.2T>C", C.START_LOST, "M1?"),
    (1, 0, "ATG", "", "c.1_3del", C.START_LOST, "M1?"),
    (70, 0, "T", "C", "c.70T>C", C.STOP_LOST, "*24Rext*2"),
    (71, 0, "G", "A", "c.71G>A", C.SYNONYMOUS, "*24="),
    (71, 0, "G", "", "c.71del", C.STOP_LOST, "*24Yext*5"),
    (7, 0, "T", "", "c.7del", C.FRAMESHIFT, "S3Pfs*19"),
    (25, 0, "GGT", "", "c.30_32del", C.INFRAME_DELETION, "G11del"),
    (40, 0, "", "CAA", "c.37_39dup", C.INFRAME_INSERTION, "Q13dup"),
    (40, 0, "", "GCA", "c.40_41insCAG", C.INFRAME_INSERTION, "Q13_D14insA"),
    (40, 0, "", "TAA", "c.39_40insTAA", C.NONSENSE, "D14*"),
    (40, 0, "", "GCATAA", "c.40_41insCATAAG", C.NONSENSE, "D14delinsA*"),
    (40, 0, "GAT", "AAA", "c.40_42delinsAAA", C.MISSENSE, "D14K"),
    (42, 0, "TC", "AA", "c.42_43delinsAA", C.MISSENSE, "D14_H15delinsEN"),
    (37, 0, "CAAGAT", "TGT", "c.37_41delinsTG", C.DELINS, "Q13_D14delinsC"),
    (46, 0, "TG", "CA", "c.46_47inv", C.MISSENSE, "W16Q"),
    (20, 1, "G", "A", "c.20+1G>A", C.SPLICE, "X7_splice"),
    (20, 2, "T", "C", "c.20+2T>C", C.SPLICE, "X7_splice"),
    (21, -1, "G", "C", "c.21-1G>C", C.SPLICE, "X7_splice"),
    (52, -2, "A", "T", "c.52-2A>T", C.SPLICE, "X18_splice"),
    (20, 5, "G", "A", "c.20+5G>A", C.SPLICE_REGION, ""),
    (20, 9, "G", "A", "c.20+9G>A", C.INTRONIC, ""),
    (51, 0, "C", "T", "c.51C>T", C.SPLICE_REGION, "N17="),
    (19, 0, "CCGT", "", "c.19_20+2del", C.SPLICE, "X7_splice"),
    # The base of the intron's end and of the exon's start are the same: the exon loses one.
    (21, -1, "G", "", "c.21del", C.FRAMESHIFT, "G9Vfs*13"),
    # At the very border the intron stays whole.
    (20, 1, "", "A", "c.20_20+1insA", C.FRAMESHIFT, "K8Efs*13"),
    (1, -3, "T", "C", "c.-3T>C", C.UTR, ""),
    (72, 1, "C", "T", "c.*1C>T", C.UTR, ""),
    (1, -15, "G", "T", "c.-15G>T", C.PROMOTER, ""),
]


@pytest.mark.parametrize(("index", "offset", "removed", "bases", "coding", "kind", "protein"), SAME)
def test_each_kind_on_both_strands(annotator, index, offset, removed, bases, coding, kind, protein):
    for (effect,), name in zip(
        both(annotator, at(index, offset), removed, bases), ("TFWD.1", "TREV.1"), strict=True
    ):
        assert effect.transcript.id == name
        assert (effect.coding, effect.kind, effect.protein) == (coding, kind, protein)
        if protein and kind not in {C.SPLICE_REGION, C.SPLICE}:
            read = parse_protein(protein)
            # The reader of written changes knows the same kind and the same residues.
            assert (read.consequence, read.first, read.last) == (kind, effect.first, effect.last)


def test_what_is_far_from_the_gene_has_no_effect(annotator):
    assert annotator.effects("1", 5000, "A", "C") == ()
    assert annotator.effects("3", 50, "A", "C") == ()
    assert annotator.effects("1", 50, "A", "A") == ()


def test_exon_and_splice_sites(annotator):
    (missense,), _ = both(annotator, at(5), "C", "A")
    assert (missense.exon, missense.sites) == (1, ())
    (donor,), (mirrored_donor,) = both(annotator, at(20, 1), "G", "A")
    assert donor.sites == mirrored_donor.sites == (Site(1, True),)
    (acceptor,), _ = both(annotator, at(52, -1), "G", "A")
    assert acceptor.sites == (Site(3, False),)


def test_three_letters():
    assert three_letter("W16*") == "p.(Trp16Ter)"
    assert three_letter("*24Rext*2") == "p.(Ter24ArgextTer2)"
    assert three_letter("M1?") == "p.(Met1?)"
    assert three_letter("X7_splice") == "p.?"


def test_genomic_text_is_moved_along_the_chromosome(annotator):
    start = at(25)
    text = genomic(annotator.genome, "1", start, "GGT", "")
    assert text == f"NC_000001.11:g.{start + 5}_{start + 7}del"


def test_the_least_edit_of_a_record():
    assert trimmed("1", 100, "CAG", "CG")[1:] == (101, 101, "A", "")
    assert trimmed("1", 100, "C", "CTT")[1:] == (101, 100, "", "TT")
    assert trimmed("1", 100, "CA", "TG")[1:] == (100, 101, "CA", "TG")


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_every_form_of_a_change_is_the_same_change(annotator, data):
    """All forms give one sequence, one left-aligned record and one effect."""
    start = data.draw(st.integers(42, len(FORWARD) - 45))
    size = data.draw(st.integers(0, 6))
    removed = FORWARD[start - 1 : start - 1 + size]
    bases = data.draw(st.text("ACGT", min_size=0 if size else 1, max_size=6))
    if removed == bases:
        return
    edit = trimmed("1", start, removed, bases)
    ways = forms(edit, annotator.genome)
    results = {FORWARD[: w.start - 1] + w.bases + FORWARD[w.end :] for w in ways}
    assert len(results) == 1
    assert {leftmost(w, annotator.genome) for w in ways} == {ways[0]}
    told = set()
    for way in ways:
        position, reference, alternate = as_record(way, annotator.genome)
        told.add(annotator.effects("1", position, reference, alternate))
    assert len(told) == 1
    reverse = both(annotator, start, removed, bases)[1]
    (forward,) = told
    assert [e[1:4] for e in forward] == [e[1:4] for e in reverse]


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_the_protein_written_is_the_protein_made(annotator, data):
    """Applying the written change to the protein gives what the changed bases translate to."""
    start = data.draw(st.sampled_from([at(i) for i in range(4, 48)]))
    bases = data.draw(st.text("ACGT", min_size=1, max_size=9))
    size = data.draw(st.integers(0, 9))
    removed = FORWARD[start - 1 : start - 1 + size]
    effects = annotator.effects("1", start, removed, bases)
    for effect in effects:
        if effect.protein and effect.kind is not C.SPLICE:
            read = parse_protein(effect.protein)
            assert read.text == effect.protein
            shown = {effect.kind, read.consequence}
            assert len(shown) == 1 or C.SPLICE_REGION in shown or C.STOP_LOST in shown
