"""One JSON record makes one case, or says what is wrong with it."""

import time

import pytest

from onkos.errors import InputError, OnkosError, Unreadable, VocabularyError
from onkos.model import Case, Fusion, Knowledge, SmallVariant
from onkos.sources.patient.record import case_of_record


@pytest.fixture
def make(knowledge: Knowledge):
    def made(fuzzy: bool = False, **fields: object) -> Case:
        return case_of_record({"id": "P1", "disease": "melanoma", **fields}, knowledge, fuzzy)

    return made


def message(make, **fields: object) -> str:
    with pytest.raises(OnkosError) as caught:
        make(**fields)
    return str(caught.value)


def test_everything_that_a_record_may_say(make):
    case = make(
        alterations=["BRAF V600E", "EML4-ALK fusion"],
        measurements=["TMB 12"],
        prior=["ipilimumab + nivolumab (line 1, progressed)"],
        comedication=["Omeprazole"],
        assay="WES",
        purity=0.6,
        age=61,
        sex="F",
        stage="4",
        line=2,
        settings=["metastatic"],
        as_of="2026-01-31",
        earlier="P1-a",
    )
    assert (case.id, case.disease, case.age, case.sex, case.stage) == (
        "P1",
        "MEL",
        61,
        "female",
        "IV",
    )
    variant, fusion = case.alterations
    assert isinstance(variant, SmallVariant)
    assert variant.label == "BRAF V600E"
    assert isinstance(fusion, Fusion)
    assert [m.name for m in case.measurements] == ["TMB"]
    assert case.prior is not None
    assert case.prior[0].progressed is True
    assert case.comedication == ("omeprazole",)
    assert case.settings == ("metastatic",)
    (sample,) = case.samples
    assert (sample.id, sample.material, sample.purity) == ("", "tissue", 0.6)
    assert sample.assay is not None
    assert sample.assay.id == "wes"
    assert not case.unread


def test_left_out_is_unknown_and_empty_is_none(make):
    case = make()
    assert (case.prior, case.comedication, case.settings, case.samples) == (None, None, None, ())
    case = make(prior=[], comedication=[], settings=[])
    assert (case.prior, case.comedication, case.settings) == ((), (), ())


def test_several_assays_are_several_samples(make):
    case = make(assay=["WES", "RNA-seq"])
    assert [sample.assay.id for sample in case.samples if sample.assay] == ["wes", "rna-seq"]
    assert case.samples[0].id == ""


def test_a_plasma_test_makes_a_plasma_sample(make):
    case = make(assay="Guardant360 CDx", tumour_fraction=0.02)
    assert (case.samples[0].material, case.samples[0].tumour_fraction) == ("plasma", 0.02)


def test_a_test_of_tissue_on_plasma_is_remarked_on(make):
    assert any("the sample is plasma" in n for n in make(assay="WES", material="plasma").notices)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"id": ""}, "'id' is missing"),
        ({"disease": None}, "'disease' is missing"),
        ({"alteration": ["BRAF V600E"]}, "did you mean 'alterations'"),
        ({"alterations": "BRAF V600E"}, "'alterations': expected a list, got text"),
        ({"alterations": [5]}, "expected text, got a whole number"),
        ({"id": 5}, "'id': expected text, got a whole number"),
        ({"age": "61"}, "'age': expected a number, got text"),
        ({"age": 261}, "age 261"),
        ({"line": 0}, "lines count from 1"),
        ({"sex": "x"}, "sex 'x'"),
        ({"stage": "limited"}, "stage 'limited'"),
        ({"purity": 60}, "purity 60.0 is outside 0 to 1"),
        ({"material": "tisue"}, "unknown material 'tisue'; nearest: tissue"),
        ({"assay": "WESS"}, "unknown assay 'WESS'"),
        ({"settings": ["metastatik"]}, "nearest: metastatic"),
        ({"settings": ["metastatic", "adjuvant"]}, "cannot both hold"),
        ({"disease": "melanomma"}, "unknown disease 'melanomma'; nearest: Melanoma"),
    ],
)
def test_what_is_wrong_is_said(make, fields, said):
    assert said in message(make, **fields)


def test_the_kinds_of_error(make):
    with pytest.raises(VocabularyError):
        make(disease="melanomma")
    with pytest.raises(InputError):
        make(nonsense=1)
    with pytest.raises(Unreadable) as caught:
        make(disease="melanomma", sex="x", stage="V")
    assert len(caught.value.problems) == 3


def test_something_else_than_an_object(knowledge):
    with pytest.raises(InputError):
        case_of_record(["P1"], knowledge)  # type: ignore[arg-type]


def test_a_misspelled_disease_is_replaced_only_when_asked(make):
    case = make(fuzzy=True, disease="melanomma")
    assert case.disease == "MEL"
    assert any("'melanomma' is not known; read as Melanoma (MEL)" in n for n in case.notices)
    assert "unknown disease" in message(make, fuzzy=True, disease="sfjkhsdf")


def test_a_code_with_two_meanings_is_remarked_on(make, vocabulary):
    tree = vocabulary.tree
    code = next(c for c in tree.by_code if tree.doubt(c))
    case = make(disease=code)
    assert case.disease == code
    assert any(tree.doubt(code) in notice for notice in case.notices)


def test_what_is_not_understood_is_listed(make):
    case = make(alterations=["BRAF V600E", "no idea what this is"])
    assert len(case.alterations) == 1
    assert len(case.unread) == 1


def test_a_prior_therapy_not_understood_is_kept_under_its_words(make):
    """Left out, it would make the case look less treated than it is."""
    case = make(prior=["vemurafenib (line 1)", "compound 123xyz (line 2)"])
    assert case.prior is not None
    assert [p.drugs for p in case.prior] == [("vemurafenib",), ("compound 123xyz",)]
    assert case.prior[1].line is None
    assert case.unread
    assert any("prior therapies were not understood" in notice for notice in case.notices)


def test_125_variants_take_milliseconds(knowledge):
    """A cohort of 10,000 has 30 ms on two cores; reading is to take a tenth of them."""
    genes = [gene.symbol for gene in knowledge.vocabulary.genes][:125]
    texts = [f"{gene} R{2 + n % 60}W" for n, gene in enumerate(genes)]
    record = {"id": "P1", "disease": "MEL", "alterations": texts, "assay": "WES"}
    case_of_record(record, knowledge)
    times = []
    for _ in range(7):
        start = time.perf_counter()
        case = case_of_record(record, knowledge)
        times.append(time.perf_counter() - start)
    assert len(case.alterations) == 125
    assert min(times) < 0.010
