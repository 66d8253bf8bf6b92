"""Spectra taken apart: what is found, how sure, and what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from onkos.biomarkers import count_substitutions, mutational_signatures, with_counted
from onkos.biomarkers.contexts import channel
from onkos.biomarkers.signatures import assign
from onkos.model import (
    SBS96,
    Assay,
    Case,
    Finding,
    Measurement,
    NotAssessed,
    Origin,
    Sample,
    SignatureCatalogue,
    SmallVariant,
    Spectrum,
)
from tests.small_genome import FORWARD, small_genome

SMALL_ASSAY = Assay(id="wes", name="WES", kind="exome")
BASE = st.sampled_from("ACGT")


def made_up(names=("SBS1", "SBS3", "SBS5", "SBS9"), seed=11):
    """Signatures that look like none of anybody's."""
    drawn = np.random.default_rng(seed).dirichlet(np.full(96, 0.4), size=len(names))
    return SignatureCatalogue(
        kind="SBS96",
        name="made up",
        channels=SBS96,
        signatures={n: tuple(row) for n, row in zip(names, drawn.tolist(), strict=True)},
    )


def spectrum(catalogue, exposures, territory="exome"):
    mixed = sum(
        mutations * np.array(catalogue.signatures[name]) for name, mutations in exposures.items()
    )
    counts = dict(zip(catalogue.channels, np.round(mixed).tolist(), strict=True))
    return Spectrum(kind="SBS96", counts=counts, territory=territory)


def measured(knowledge, *spectra, measurements=(), catalogue=None):
    case = Case(id="s", disease="HGSOC", spectra=spectra, measurements=measurements)
    known = replace(knowledge, catalogues=(catalogue or made_up(),))
    return list(mutational_signatures(case, (), known))


def test_the_mixture_is_found_with_an_interval_around_it(knowledge):
    catalogue = made_up()
    found = assign(
        spectrum(catalogue, {"SBS3": 300, "SBS5": 700}),
        catalogue,
        knowledge.biomarkers.signatures,
    )
    by_name = {exposure.name: exposure for exposure in found.exposures}
    assert by_name["SBS3"].share == pytest.approx(0.3, abs=0.03)
    assert by_name["SBS3"].interval[0] < 0.3 < by_name["SBS3"].interval[1]
    assert by_name["SBS9"].mutations == 0
    assert sum(exposure.share for exposure in found.exposures) == pytest.approx(1)
    assert found.cosine > 0.99


def test_a_signature_that_the_vocabulary_measures_reaches_the_criteria(knowledge):
    whole, share, clock = measured(knowledge, spectrum(made_up(), {"SBS3": 400, "SBS5": 600}))
    assert whole.name == "SBS signatures"
    assert "homologous recombination deficiency" in whole.value
    assert "cosine" in whole.note
    assert [one.name for one in whole.shares[:2]] == ["SBS5", "SBS3"]
    assert sum(one.share for one in whole.shares) == pytest.approx(1)
    assert (share.name, clock.name) == ("SBS3", "SBS5")
    assert clock.number == pytest.approx(0.6, abs=0.03)
    assert share.number == pytest.approx(0.4, abs=0.03)
    assert share.interval[0] <= share.number <= share.interval[1]


def test_an_absent_signature_is_a_share_of_nothing_and_not_unknown(knowledge):
    _, share, _ = measured(knowledge, spectrum(made_up(), {"SBS5": 900}))
    assert share.number == 0


@pytest.mark.parametrize(
    ("territory", "mutations", "done"),
    [("exome", 49, False), ("exome", 55, True), ("genome", 190, False), ("genome", 260, True)],
)
def test_too_few_mutations_are_refused(knowledge, territory, mutations, done):
    catalogue = made_up()
    counts = dict.fromkeys(SBS96, 0.0) | {SBS96[at % 96]: 0.0 for at in range(96)}
    for at in range(mutations):
        counts[SBS96[(at * 7) % 96]] += 1
    one = Spectrum(kind="SBS96", counts=counts, territory=territory)
    found = measured(knowledge, one, catalogue=catalogue)
    assert all(isinstance(f, Finding if done else NotAssessed) for f in found)
    told = {"SBS signatures", "SBS3", "SBS5"} if done else {"SBS signatures"}
    assert told == {f.name for f in found}


def test_without_the_territory_nothing_is_fitted(knowledge):
    found = measured(knowledge, spectrum(made_up(), {"SBS5": 900}, territory=""))
    assert all(isinstance(f, NotAssessed) for f in found)
    assert "exome or genome" in found[0].reason


def test_a_fit_that_explains_nothing_settles_nothing(knowledge):
    strange = np.random.default_rng(5).dirichlet(np.full(96, 0.1)) * 1000
    counts = dict(zip(SBS96, np.round(strange).tolist(), strict=True))
    whole, *shares = measured(knowledge, Spectrum(kind="SBS96", counts=counts, territory="genome"))
    assert "do not explain it" in whole.note
    assert [share.number for share in shares] == [None, None]


def test_a_reported_share_stands(knowledge):
    told = (Measurement(name="SBS3", value=0.1),)
    found = measured(knowledge, spectrum(made_up(), {"SBS5": 900}), measurements=told)
    assert [f.name for f in found] == ["SBS signatures", "SBS5"]


def test_a_catalogue_without_a_spectrum_names_the_way_to_one_and_else_there_is_nothing(knowledge):
    (left,) = measured(knowledge)
    assert isinstance(left, NotAssessed)
    assert "give its table of counts" in left.reason
    case = Case(id="s", disease="HGSOC", spectra=(spectrum(made_up(), {"SBS5": 900}),))
    assert not list(mutational_signatures(case, (), knowledge))


@given(BASE, BASE, BASE, BASE)
def test_both_strands_give_one_channel(five, three, reference, alternate):
    turn = str.maketrans("ACGT", "TGCA")
    if reference == alternate:
        with pytest.raises(ValueError, match="no substitution"):
            channel(reference, alternate, five, three)
        return
    forward = channel(reference, alternate, five, three)
    other = [base.translate(turn) for base in (reference, alternate, three, five)]
    assert forward == channel(*other)
    assert forward in SBS96


def test_there_are_96_channels():
    assert len(set(SBS96)) == 96


def test_counting_takes_single_somatic_bases_with_known_neighbours():
    genome = "NACGTTGCA"

    def context(chromosome, position):
        return genome[position - 2], genome[position]

    def one(position, alternate, **fields):
        given = {"gene": "X", "chromosome": "1", "position": position, "alternate": alternate}
        return SmallVariant(**{**given, "reference": genome[position - 1], **fields})

    variants = [
        one(3, "T"),
        one(7, "A"),
        one(2, "T"),
        one(4, "C", origin=Origin.GERMLINE),
        one(5, "C", filters=("weak",)),
        SmallVariant(gene="X", chromosome="1", position=4, reference="GT", alternate="CA"),
    ]
    found = count_substitutions(variants, context, "exome")
    assert {name: n for name, n in found.counts.items() if n} == {"A[C>T]G": 1, "G[C>T]A": 1}
    assert found.total == 2


def test_somatic_calls_are_counted_by_sample_and_never_beside_a_spectrum_of_it(tmp_path):
    genome = small_genome(tmp_path)
    at = FORWARD.index("ACG") + 2  # the C, from 1
    call = SmallVariant(gene="", chromosome="1", position=at, reference="C", alternate="T",
                        assembly="GRCh38", origin=Origin.SOMATIC, sample="a")  # fmt: skip
    edge = replace(call, position=1, reference=FORWARD[0], alternate="G")
    inherited = replace(call, sample="b", origin=Origin.UNKNOWN)
    samples = tuple(Sample(id=name, assay=SMALL_ASSAY) for name in "ab")
    case = Case(id="s", disease="LUAD", samples=samples)
    found = with_counted(case, (call, edge, inherited), genome)
    (counted,) = found.spectra
    assert (counted.sample, counted.territory, counted.total) == ("a", "exome", 1)
    assert counted.counts["A[C>T]G"] == 1
    assert "1 calls are not known to be somatic" in found.notices[0]
    assert with_counted(found, (call,), genome).spectra == found.spectra
    annotated = replace(case, alterations=(replace(call, gene="FWD"),))
    left = with_counted(annotated, (call,), genome)
    assert not left.spectra
    assert "may leave silent ones out" in left.notices[0]
