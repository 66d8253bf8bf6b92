"""Calls of genes from segments, relative to the ploidy."""

import pytest

from onkos.biomarkers.gene_copies import gene_copies
from onkos.biomarkers.gene_places import Stretch
from onkos.biomarkers.profile import profiles
from onkos.model import CopyCall
from tests.biomarkers.segmented import MB, segment, tumour

PLACE = {"ERBB2": Stretch("17", 39 * MB, 39 * MB + 40_000)}


def called(knowledge, *segments, genes=PLACE, man=False, **rest):
    (profile,) = profiles(tumour(segments, **rest))
    return gene_copies(profile, genes, knowledge.vocabulary.limits, man).calls


def focal(copies, start=38 * MB, end=41 * MB, others=2, **rest):
    """Chromosome 17, a stretch of it with copies of its own."""
    return (
        segment("17", 1, start - 1, others - 1, 1),
        segment("17", start, end, copies, 0, **rest),
        segment("17", end + 1, 83 * MB, others - 1, 1),
    )


@pytest.mark.parametrize(
    ("copies", "ploidy", "call"),
    [
        (5, 2.0, CopyCall.AMPLIFICATION),
        (4, 2.0, CopyCall.GAIN),
        (7, 3.5, CopyCall.GAIN),  # twice the ploidy, not one more
        (8, 3.5, CopyCall.AMPLIFICATION),
        (2, 2.0, CopyCall.NEUTRAL),
        (2, 4.0, CopyCall.LOSS),
        (1, 2.0, CopyCall.LOSS),
        (0, 2.0, CopyCall.DELETION),
    ],
)
def test_copies_are_read_against_the_ploidy(knowledge, copies, ploidy, call):
    (found,) = called(knowledge, *focal(copies), ploidy=ploidy)
    assert (found.call, found.copies) == (call, copies)


def test_part_of_a_gene_without_copies_is_a_deletion_but_part_of_it_gained_no_amplification(
    knowledge,
):
    inside = 39 * MB + 20_000
    before, rest = segment("17", 1, 38 * MB), segment("17", inside + 1, 83 * MB, 1, 1)
    part = segment("17", 38 * MB + 1, inside, 0, 0)
    (lost,) = called(knowledge, before, part, rest, ploidy=2.0)
    assert lost.call is CopyCall.DELETION
    part = segment("17", 38 * MB + 1, inside, 20, 1)
    assert not called(knowledge, before, part, rest, ploidy=2.0)


def test_a_gene_partly_outside_the_segments_has_no_call(knowledge):
    assert not called(knowledge, segment("17", 39 * MB + 5, 83 * MB, 9, 1), ploidy=2.0)
    assert not called(knowledge, segment("13", 1, 80 * MB, 9, 1), ploidy=2.0)


@pytest.mark.parametrize("purity", [None, 0.15])
def test_without_enough_tumour_there_is_no_call(knowledge, purity):
    assert not called(knowledge, segment("17", 1, 83 * MB, 9, 1), purity=purity, ploidy=2.0)


def test_one_copy_of_x_is_normal_in_a_man(knowledge):
    genes = {"AR": Stretch("X", 67 * MB, 67 * MB + 100)}
    one = segment("X", 1, 150 * MB, 1, 0)
    assert called(knowledge, one, genes=genes, man=True, ploidy=2.0)[0].call is CopyCall.NEUTRAL
    assert called(knowledge, one, genes=genes, ploidy=2.0)[0].call is CopyCall.LOSS
