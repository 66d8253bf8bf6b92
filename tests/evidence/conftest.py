"""CIViC of two years, as its adapter reads them."""

import pytest

from onkos.sources.knowledge.snapshots import read_files, source_of


@pytest.fixture(scope="session")
def civic_2021(shared_data, knowledge):
    folder = shared_data / "knowledge" / "civic" / "2021-08-01"
    files = [folder / "01-Aug-2021-ClinicalEvidenceSummaries.tsv"]
    return read_files(source_of("civic", knowledge), files, knowledge.vocabulary)


@pytest.fixture(scope="session")
def civic_2026(shared_data, knowledge):
    files = [shared_data / "knowledge" / "civic" / "civic_accepted_evidence_2026-05.tsv"]
    return read_files(source_of("civic", knowledge), files, knowledge.vocabulary)
