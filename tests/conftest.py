"""Fixtures that all rooms share."""

import os
from pathlib import Path

import pytest

from onkos.model import Knowledge, Vocabulary
from onkos.sources import knowledge as knowledge_source

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The built-in knowledge."""
    return knowledge_source.builtin()


@pytest.fixture(scope="session")
def vocabulary(knowledge: Knowledge) -> Vocabulary:
    """The words of the built-in knowledge."""
    return knowledge.vocabulary


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real files to test against, read in place; skipped where the folder is absent."""
    folder = Path(os.environ.get("ONKOS_TEST_DATA", REPOSITORY.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no test data: neither ONKOS_TEST_DATA nor {folder.name} beside the clone")
    return folder
