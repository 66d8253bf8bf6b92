"""Fixtures that all rooms share."""

import os
import tempfile
from pathlib import Path

import pytest

from onkos.model import Knowledge, Vocabulary
from onkos.sources import knowledge as knowledge_source
from onkos.sources.reference import add_reference, open_reference
from onkos.sources.reference.genome import Genome
from tests.tiny_genome import write_fasta, write_gff3

# No test reads what the user of this machine keeps.
os.environ["ONKOS_KNOWLEDGE"] = str(Path(tempfile.gettempdir()) / "onkos-tests-keep-nothing")

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


@pytest.fixture(scope="session")
def tiny_files(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small GRCh38 of ``tiny_genome``: genome.fa.gz and genes.gff3."""
    folder = tmp_path_factory.mktemp("tiny")
    write_fasta(shared_data, folder / "genome.fa.gz")
    write_gff3(shared_data, folder / "genes.gff3")
    return folder


@pytest.fixture(scope="session")
def tiny(shared_data: Path, tiny_files: Path) -> Genome:
    """The small GRCh38, added to a store of its own and opened again."""
    chain = shared_data / "knowledge" / "reference" / "hg19ToHg38.over.chain.gz"
    fasta, genes = tiny_files / "genome.fa.gz", tiny_files / "genes.gff3"
    add_reference(fasta, genes, "GRCh38", tiny_files / "store", chains=[chain])
    return open_reference("GRCh38", tiny_files / "store")
