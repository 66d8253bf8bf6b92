"""One event that several callers, or several rows, tell is one."""

import msgspec
import pytest

from onkos import pipeline
from onkos.model import Consequence, Origin, SmallVariant
from onkos.sources.patient.casefile import read_case
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.swallowed import INSIDE, SAME
from onkos.sources.patient.together import together


def change(reference, alternate, position=100, **more):
    return SmallVariant(
        **{
            "gene": "MAP7D1", "protein": "E764K", "consequence": Consequence.MISSENSE,
            "chromosome": "1", "position": position, "reference": reference, "alternate": alternate,
            "alt_reads": 30, "depth": 100, **more,
        }
    )  # fmt: skip


def read(*found, calls=()):
    observed = Observed(alterations=list(found), calls=list(calls), rows=len(found) + len(calls))
    whole = together(Observed(), [observed])
    assert len(whole.alterations) + len(whole.calls) + whole.filtered.total() == whole.rows
    return whole


LONG = change("GG", "AA")


@pytest.mark.parametrize(
    ("inside", "left"),
    [
        (change("G", "A", 101), 1),
        (change("G", "A", 100), 1),
        (change("G", "A", 101, protein="W763*"), 1),
        (change("G", "T", 101), 2),  # another base
        (change("G", "A", 102), 2),  # beside it
        (change("G", "A", 101, chromosome="2"), 2),
        (change("G", "A", 101, sample="other"), 2),
        (change("G", "A", 101, origin=Origin.GERMLINE), 2),
        (change("G", "A", 101, alt_reads=70), 2),  # in more cells than the longer one
    ],
)
def test_a_longer_substitution_swallows_the_single_ones_inside(inside, left):
    long = msgspec.structs.replace(LONG, origin=Origin.SOMATIC)
    for order in ((long, inside), (inside, long)):
        whole = read(*order)
        assert len(whole.alterations) == left
        assert long in whole.alterations
        assert whole.filtered[INSIDE] == 2 - left


def test_raw_calls_are_swallowed_too():
    bare = {"gene": "", "protein": "", "consequence": Consequence.UNKNOWN}
    whole = read(calls=[change("GG", "AA", **bare), change("G", "A", 101, **bare)])
    assert [c.reference for c in whole.calls] == ["GG"]


def test_a_base_that_stays_inside_a_longer_one_swallows_nothing():
    whole = read(change("GCG", "ACA"), change("C", "T", 101))
    assert len(whole.alterations) == 2


def test_a_deletion_written_at_two_places_counts_once():
    words = {"gene": "BRCA1", "protein": "Q689fs", "coding": "c.2065del", "transcript": "ENST1"}
    one, other = change("CA", "C", 200, **words), change("AA", "A", 202, **words)
    whole = read(one, other)
    assert whole.alterations == [one]
    assert whole.filtered[SAME] == 1
    apart = msgspec.structs.replace(other, coding="c.2066del")
    assert len(read(one, apart).alterations) == 2


def test_two_changes_of_dna_with_one_change_of_the_protein_are_two(knowledge, tmp_path):
    """CAG to TAG and CAG to TAA: both are Q689*, and each is a change of its own."""
    one = change("G", "A", 100, gene="BRCA1", protein="Q689*", coding="c.2065C>T")
    other = change("G", "A", 107, gene="BRCA1", protein="Q689*", coding="c.2058C>T")
    assert len(read(one, other).alterations) == 2


def test_each_event_of_a_file_of_two_callers_is_listed_once(shared_data, knowledge, tmp_path):
    path = shared_data / "patients" / "hcc1395" / "annotated.expression.vcf.gz"
    file = tmp_path / "case.toml"
    file.write_text(
        'id = "h"\ndisease = "BRCA"\n[[sample]]\nid = "t"\nassay = "WES paired"\n'
        f'files = [{{path = "{path}"}}]\n',
        encoding="utf-8",
    )
    case = read_case(file, knowledge)
    labels = [a.label for a in case.alterations]
    for label in ("MAP7D1 E764K", "WDR17 V165I", "TRIB1 S340F", "KNL1 P839L", "IL27RA A428V"):
        assert labels.count(label) == 1, label
    assert case.filtered[INSIDE] >= 5
    assert pipeline.run(case, knowledge).case.rows == case.rows
