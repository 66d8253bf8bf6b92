"""Two codings of the gap rule, on random tests."""

from hypothesis import given, settings
from hypothesis import strategies as st

from onkos.model import Assay, Case, Sample
from onkos.pipeline import run
from onkos.sources.knowledge import builtin
from tests.blind.panel_gaps_again import REQUIRED, Done, fused, gap, small

SMALL = ("EGFR", "BRAF", "KRAS", "NRAS", "ERBB2", "BRCA1", "BRCA2", "PALB2", "ATM")
FUSED = ("ALK", "ROS1", "RET", "NTRK1", "NTRK2", "NTRK3", "NRG1")


@st.composite
def a_test(draw):
    genes = draw(st.sets(st.sampled_from(SMALL)))
    fusions = draw(st.sets(st.sampled_from(FUSED)))
    material = draw(st.sampled_from(["tissue", "plasma", "blood"]))
    fraction = draw(st.sampled_from([None, 0.0, 0.002, 0.0099, 0.01, 0.3]))
    germline = material == "blood"
    covered = small(*genes) | (frozenset() if germline else fused(*fusions))
    return Done(covered, material, fraction if material == "plasma" else None, germline)


def sample(number, test):
    def of(wanted):
        return tuple(sorted(gene for kind, gene in test.covered if kind == wanted))

    assay = Assay(
        id=f"a{number}", name=f"assay {number}", material=(test.material,),
        germline=test.germline, small_variants=of("small"), copy_number=of("small"),
        fusions=of("fusion"),
    )  # fmt: skip
    return Sample(
        id=f"s{number}", material=test.material, tumour_fraction=test.tumour_dna, assay=assay
    )


@settings(max_examples=150, deadline=None)
@given(tumour=st.sampled_from(sorted(REQUIRED)), tests=st.lists(a_test(), max_size=3))
def test_the_same_markers_are_missing(tumour, tests):
    samples = tuple(sample(number, test) for number, test in enumerate(tests))
    case = Case(id="b", disease=tumour, stage="IV", line=1, samples=samples)
    found = {one.name for one in run(case, builtin()).plan.gaps}
    assert found & REQUIRED[tumour].keys() == gap(tumour, tests)
