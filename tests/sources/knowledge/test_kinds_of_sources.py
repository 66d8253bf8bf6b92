"""Sources that are no claims: hotspots, roles, known changes, vocabularies, by the store."""

import json
import subprocess
import sys
from datetime import date

import pytest

from onkos.errors import KnowledgeError, Unreadable
from onkos.model import Claim, Unread
from onkos.sources.knowledge.adapters import compared, oncokb
from onkos.sources.knowledge.adapters.docm import read as read_docm
from onkos.sources.knowledge.snapshots import read_files, source_of, with_snapshots
from onkos.sources.knowledge.store import add_snapshot

DAY = date(2026, 4, 17)
HOTSPOTS = (
    "Hugo_Symbol\tResidue\tVariant_Amino_Acid\tTumor_Count\tClass\nBRAF\tV600\tE:90|K:10\t100\t\n"
)
ROLES = "SYMBOL\tROLE\nNOSUCHGENE1\tAct\n"
DOCM = (
    "hgvs\tchromosome\tstart\tstop\tread\tvariant\treference_version\tgene\tmutation_type\t"
    "amino_acid\tdiseases\tpubmed_sources\n"
    "ENST00000288602:c.1799T>A\t7\t140453136\t140453136\tA\tT\tGRCh37\tBRAF\tmissense\tp.V600E\t"
    "melanoma\t12068308,26619011\n"
    "ENST00000288602:c.1\t7\t1\t1\tA\tT\tGRCh36\tBRAF\tmissense\tp.V600E\tmelanoma\t\n"
)


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A store of its own, and how to add text to it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    store = tmp_path / "store"

    def keep(source, text, name):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        add_snapshot(source, [path], DAY, "as its owner says", store)
        return store

    return keep


def test_hotspots_of_the_store_take_the_place_of_the_built_in_ones(kept, knowledge):
    store = kept("cancerhotspots", HOTSPOTS, "v3.txt")
    found = with_snapshots(knowledge, (), store)
    facts = found.vocabulary.oncogenicity
    assert [spot.gene for spot in facts.hotspots] == ["BRAF"]
    assert facts.whole_list == "cancerhotspots@2026-04-17"
    assert found.pins[-1].source == "cancerhotspots.org"
    assert with_snapshots(knowledge, ("none",), store) is knowledge


def test_roles_of_the_store_are_put_together(kept, knowledge):
    store = kept("intogen", ROLES, "roles.tsv")
    kept("cancermine", "gene\tROLE\nNOSUCHGENE2\tTSG\nNOSUCHGENE1\tTSG\n", "mine.tsv")
    roles = with_snapshots(knowledge, (), store).vocabulary.oncogenicity.roles
    assert roles["NOSUCHGENE2"] == "tumour suppressor"
    assert roles["NOSUCHGENE1"] == "tumour suppressor"  # the first source by its id


def test_known_changes_of_the_store_stand_beside_the_built_in_ones(kept, knowledge):
    store = kept("docm", DOCM, "variants.tsv")
    found = with_snapshots(knowledge, (), store)
    (change,) = found.added_changes
    assert (change.protein, change.grch37, change.source) == (
        "V600E", 140453136, "DoCM:PMID12068308",
    )  # fmt: skip
    assert found.pins[-1].unread == 1


def test_a_vocabulary_changes_nothing(kept, knowledge):
    tree = {"TISSUE": {"code": "TISSUE", "name": "T", "children": {
        "NEWCODE": {"code": "NEWCODE", "name": "New", "children": {}}}}}  # fmt: skip
    store = kept("oncotree", json.dumps(tree), "tree.json")
    found = with_snapshots(knowledge, (), store)
    assert (found.others, found.claims) == ((), knowledge.claims)
    assert found.pins[-1].source == "OncoTree"


def test_a_file_of_another_kind_is_refused(tmp_path, knowledge):
    path = tmp_path / "roles.tsv"
    path.write_text("SYMBOL\tROLE\nTP53\tambiguous\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="not one of its roles"):
        read_files(source_of("intogen", knowledge), [path], knowledge.vocabulary)


def test_the_real_tree_differs_in_a_few_codes(shared_data, vocabulary):
    path = shared_data / "knowledge" / "oncotree" / "oncotree_2025_10_03.json"
    assert list(compared.oncotree(path, vocabulary)) == []
    older = list(compared.oncotree(path.with_name("oncotree_2021_11_02.json"), vocabulary))
    assert 0 < len(older) < 100


def test_dgidb_tells_which_of_our_drugs_it_lacks(shared_data, vocabulary):
    folder = shared_data / "knowledge"
    table = folder / "drugs" / "dgidb_interactions_2018_maftools.tsv.gz"
    rows = list(compared.dgidb(table, vocabulary))
    lacking = {row.partition(" is a drug")[0] for row in rows if isinstance(row, str)}
    assert "imatinib" not in lacking
    assert "sotorasib" in lacking  # approved in 2021, the table is of 2018
    answer = folder / "api_captures_biomcp" / "dgidb" / "gene_egfr_20260811.json"
    assert len(list(compared.dgidb(answer, vocabulary))) > len(lacking)


def test_every_real_change_of_docm_is_read_or_told(shared_data, vocabulary):
    rows = list(read_docm(shared_data / "knowledge" / "docm" / "variants.tsv.gz", vocabulary))
    assert len(rows) == 1364
    assert sum(isinstance(row, Unread) for row in rows) < 45


ANSWER = {
    "query": {"hugoSymbol": "BRAF", "alteration": "V600E"}, "dataVersion": "v4.1",
    "treatments": [
        {"level": "LEVEL_1", "drugs": [{"drugName": "Dabrafenib"}, {"drugName": "Trametinib"}],
         "levelAssociatedCancerType": {"name": "Melanoma", "code": "MEL"}, "pmids": ["25399551"]},
        {"level": "LEVEL_R1", "drugs": [{"drugName": "Cetuximab"}],
         "cancerType": {"name": "Colorectal Cancer"}},
        {"level": "LEVEL_3B", "drugs": [{"drugName": "Vemurafenib"}],
         "cancerType": {"name": "Melanoma"}},
    ],
}  # fmt: skip


def test_an_answer_of_oncokb_becomes_claims_at_its_own_levels(tmp_path, vocabulary):
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(ANSWER), encoding="utf-8")
    first, second, left = oncokb.read(path, vocabulary)
    assert (first.therapy, first.disease) == (("dabrafenib", "trametinib"), ("MEL",))
    assert (first.studies[0].level, first.studies[0].pmid) == ("LEVEL_1", 25399551)
    assert (str(second.effect), str(second.when)) == ("resistance", "BRAF V600E")
    assert "another disease" in left.reason
    assert first.approvals == ()


def test_an_answer_without_its_query_claims_nothing(shared_data, vocabulary):
    folder = shared_data / "knowledge" / "api_captures_biomcp" / "oncokb"
    (row,) = oncokb.read(folder / "annotation_braf_v600e.json", vocabulary)
    assert not isinstance(row, Claim)
    assert "which alteration" in row.reason


def test_what_is_no_answer_is_refused(tmp_path, vocabulary):
    path = tmp_path / "answer.json"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(Unreadable):
        list(oncokb.read(path, vocabulary))


def test_to_read_snapshots_loads_no_reader_of_patients():
    """What reads files is loaded when a file is read: a match stays quick to start."""
    code = (
        "import sys, onkos.sources.knowledge\n"
        "print([n for n in sys.modules if n.startswith(('onkos.sources.patient', 'lark'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
