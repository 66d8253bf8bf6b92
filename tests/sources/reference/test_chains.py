"""Places of one assembly on the other, there and back, with the bases checked."""

import pytest

from onkos.errors import InputError
from onkos.sources.reference.chains import Chain, lifted_variant
from tests.small_genome import FORWARD, small_genome

# A made-up chain: GRCh37 chromosome 1 is chromosome 1 here ten bases earlier; its second half is
# missing; its chromosome 2 lies on the other strand.
SIZE = len(FORWARD)
CHAIN = f"""chain 100 chr1 {SIZE + 10} + 10 110 chr1 {SIZE} + 0 100 1
100

chain 90 chr2 {SIZE} + 0 {SIZE} chr1 {SIZE} - 0 {SIZE} 2
{SIZE}

"""


@pytest.fixture
def chain(tmp_path):
    path = tmp_path / "hg19ToHg38.over.chain"
    path.write_text(CHAIN, encoding="utf-8")
    return Chain(path)


@pytest.fixture
def genome(tmp_path):
    return small_genome(tmp_path)


def test_a_variant_lifted_with_its_base(chain, genome):
    base = FORWARD[49]
    assert lifted_variant(chain, "chr1", 60, base, "T", target=genome) == ("1", 50, base, "T")


def test_a_strand_that_flips(chain, genome):
    place = chain.lift("2", 1)
    assert (place.chromosome, place.position, place.strand) == ("1", SIZE, -1)
    low = genome.sequence("2", 11, 12)
    lifted = lifted_variant(chain, "2", 11, low, "AC", source=genome, target=genome)
    assert lifted == ("1", SIZE - 11, FORWARD[SIZE - 12 : SIZE - 10], "GT")


def test_what_has_no_counterpart_is_named(chain):
    with pytest.raises(InputError, match="1:200 A>C: no counterpart"):
        lifted_variant(chain, "1", 200, "A", "C")
    with pytest.raises(InputError, match="no counterpart"):
        lifted_variant(chain, "7", 200, "A", "C")
    with pytest.raises(InputError, match="no counterpart"):
        lifted_variant(chain, "1", 109, "ACCA", "C")


def test_a_base_that_is_not_there_is_named(chain, genome):
    wrong = "A" if FORWARD[49] != "A" else "C"
    with pytest.raises(InputError, match="is the variant of another assembly"):
        lifted_variant(chain, "1", 60, wrong, "T", target=genome)


def test_what_is_no_chain_is_named(tmp_path):
    path = tmp_path / "hg19ToHg38.over.chain"
    path.write_text("chain of office\n", encoding="utf-8")
    with pytest.raises(InputError, match="not a UCSC chain file"):
        Chain(path).lift("1", 5)


def test_there_and_back(shared_data, tiny):
    folder = shared_data / "knowledge" / "reference"
    back = Chain(folder / "hg38ToHg19.over.chain.gz")
    there = Chain(folder / "hg19ToHg38.over.chain.gz")
    base = tiny.sequence("7", 55191822, 55191822)
    lifted = lifted_variant(back, "7", 55191822, base, "G", source=tiny)
    assert lifted == ("7", 55259515, "T", "G")
    assert lifted_variant(there, *lifted, target=tiny) == ("7", 55191822, "T", "G")
