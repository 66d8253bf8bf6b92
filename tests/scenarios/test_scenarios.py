"""What a sceptical oncologist demands of the plan, case by case, each with its source.

The expectations were written from the sources, not from what the engine says. The manual's
chapter docs/scenarios.md is made of the same files by docs/make_scenarios.py.
"""

import re
import runpy
from pathlib import Path

import pytest

from tests.scenarios.judge import departures
from tests.scenarios.scenario import scenarios

ROOT = Path(__file__).resolve().parents[2]
ALL = scenarios()
SOURCE = re.compile(
    r"PMID:\d{7,8}|PMC\d{7,8}|NCT\d{8}|doi:10\.\d{4,}/\S+|https://\S+|(FDA|EMA) \d{4}-\d\d-\d\d"
)
# Confirmed for these scenarios; all other sources are facts of the knowledge.
SOURCES_OUTSIDE_THE_CLAIMS = {
    "PMID:27335808": "Cree 2016, extended RAS testing (assay knowledge)",
    "PMID:27993330": "AMP/ASCO/CAP 2017 (docs/grading.md)",
    "PMID:31268127": "ESMO 2019, how to detect NTRK fusions",
    "PMID:36529447": "ESMO 2023, germline variants among tumour findings",
    "PMC9866580": "LiFT UP, TP53 variants in blood: germline or clonal haematopoiesis",
    "doi:10.1200/JCO.22.02864": "ASCO/CAP 2023, HER2 testing (measures of the knowledge)",
    "https://synapse.mskcc.org/synapse/works/197046": "ESMO 2022, circulating tumour DNA",
    "https://jamanetwork.com/journals/jamaoncology/fullarticle/2772786": (
        "Jensen 2021, clonal haematopoiesis in plasma of men with prostate cancer"
    ),
}


@pytest.mark.parametrize("scenario", ALL, ids=lambda s: s.name)
def test_plan_is_what_the_sources_demand(scenario, knowledge):
    """The plan meets every demand."""
    wrong = departures(scenario.expect, scenario.dossier(knowledge).plan)
    assert not wrong, "\n".join(("", scenario.name, *wrong))


@pytest.mark.parametrize("scenario", ALL, ids=lambda s: s.name)
def test_record_is_understood_whole(scenario, knowledge):
    """A finding that intake did not read would make the expectation empty."""
    assert scenario.made(knowledge).unread == ()


def test_there_are_at_least_fifty_and_no_name_twice():
    """Fifty cases, each once."""
    names = [s.name for s in ALL]
    assert len(names) >= 50
    assert len(set(names)) == len(names)


def test_every_drug_named_is_known(knowledge):
    """A misspelt drug would never be found, and 'not an option' would always hold."""
    drugs = {drug for s in ALL for name in s.regimens for drug in name.split(" + ")}
    unknown = {drug for drug in drugs if knowledge.vocabulary.drug_by_inn.get(drug) is None}
    assert not unknown


def test_every_source_resolves_and_was_looked_up(knowledge):
    """Sources are facts of the claims, or stand in the list above."""
    facts = [fact for claim in knowledge.claims for fact in claim.facts]
    known = {f"PMID:{f.pmid}" for f in facts if getattr(f, "pmid", None)}
    known |= {f"doi:{f.doi}" for f in facts if getattr(f, "doi", "")}
    known |= {f.nct for f in facts if getattr(f, "nct", "")}
    known |= {f"{f.regulator} {f.on}" for f in facts if getattr(f, "on", None)}
    for scenario in ALL:
        assert scenario.source, scenario.name
        for source in scenario.source:
            assert SOURCE.fullmatch(source), source
            assert source in known | set(SOURCES_OUTSIDE_THE_CLAIMS), source


def test_the_chapter_of_the_manual_is_up_to_date():
    """Remade by ``python docs/make_scenarios.py``."""
    page = runpy.run_path(str(ROOT / "docs" / "make_scenarios.py"))["page"]()
    assert (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8") == page
