"""Regimens that contain again a class on which the tumour progressed."""

import msgspec
import pytest

from onkos.criteria import parse
from onkos.model import Case, PriorTherapy
from onkos.pipeline import run
from tests.properties.cases import small_variant
from tests.report.dossiers import claim


@pytest.fixture
def cautions(knowledge, vocabulary):
    """Cautions of one regimen, by one claim, in an EGFR L858R tumour after gefitinib."""

    def make(*drugs, setting="", progressed=True, before=("gefitinib",)):
        rule = parse(setting, vocabulary) if setting else None
        one = msgspec.structs.replace(knowledge, claims=(claim("regimen", drugs, setting=rule),))
        prior = (PriorTherapy(drugs=before, progressed=progressed),)
        alterations = (small_variant("EGFR", "L858R"),)
        case = Case(id="c", disease="LUAD", alterations=alterations, prior=prior)
        (option,) = run(case, one).plan.options
        return option.cautions

    return make


def test_one_targeted_drug_of_two_is_contained_again(cautions):
    assert cautions("amivantamab", "lazertinib") == (
        "contains again EGFR TKI (lazertinib): the tumour progressed on gefitinib",
    )


def test_where_every_targeted_drug_is_of_the_class_the_regimen_repeats_it(cautions):
    again = ("again EGFR TKI: the tumour progressed on gefitinib",)
    assert cautions("osimertinib") == again
    assert cautions("osimertinib", "carboplatin") == again


def test_a_drug_of_another_class_or_a_class_that_did_not_fail_is_no_caution(cautions):
    assert cautions("amivantamab") == ()
    assert cautions("amivantamab", "lazertinib", progressed=False) == ()


def test_chemotherapy_is_no_class_that_comes_again(cautions):
    assert cautions("amivantamab", "carboplatin", before=("cisplatin",)) == ()


@pytest.mark.parametrize("asked", ["progressed on", "prior lines of"])
def test_a_setting_after_that_class_foresees_it(cautions, asked):
    more = " >= 1" if "lines" in asked else ""
    foreseen = f'{asked} class "EGFR TKI"{more}'
    assert cautions("amivantamab", "lazertinib", setting=foreseen) == ()
    elsewhere = 'progressed on class "ALK TKI"'
    assert cautions("amivantamab", "lazertinib", setting=elsewhere) == cautions(
        "amivantamab", "lazertinib"
    )


def test_the_very_drug_in_another_regimen_is_said(cautions):
    before = ("osimertinib", "bevacizumab")
    assert cautions("osimertinib", "savolitinib", before=before) == (
        "contains osimertinib again: the tumour progressed on osimertinib + bevacizumab",
    )


def test_a_corticosteroid_given_beside_is_no_repetition(cautions):
    before = ("rituximab", "dexamethasone")
    assert cautions("amivantamab", "dexamethasone", before=before) == ()
    assert cautions("amivantamab", "prednisone", before=before) == ()


def test_a_narrower_class_foreseen_excuses_the_wider_one_too(cautions):
    covalent = 'prior class "covalent BTK inhibitor"'
    assert cautions("pirtobrutinib", setting=covalent, before=("ibrutinib",)) == ()
    assert cautions("pirtobrutinib", before=("ibrutinib",)) == (
        "again BTK inhibitor: the tumour progressed on ibrutinib",
    )
