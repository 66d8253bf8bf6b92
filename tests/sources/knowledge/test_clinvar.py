"""ClinVar's VCF: every row is an allele that can be looked up, or refused with a reason."""

import gzip
import os
import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onkos.errors import KnowledgeError, Unreadable
from onkos.model import Allele, Aspect, Says
from onkos.sources.knowledge import archive_build, builtin
from onkos.sources.knowledge.adapters import clinvar
from onkos.sources.knowledge.archive_build import build_index, index_path
from onkos.sources.knowledge.archive_index import about_index
from onkos.sources.knowledge.archive_rows import Filed, Head, Refused
from onkos.sources.knowledge.pages import page_of
from onkos.sources.knowledge.snapshots import (
    compiled_snapshot,
    read_snapshot,
    source_of,
    with_snapshots,
)
from onkos.sources.knowledge.store import add_snapshot, remove
from tests.sources.knowledge.clinvar_small import MESSY, PANEL, ROWS, text, write

DAY = date(2026, 5, 1)


@pytest.fixture
def added(tmp_path, knowledge):
    """A way to add files to a store of its own, and the archive that is read then."""
    store = tmp_path / "store"

    def add(*files):
        page = page_of("clinvar", files, DAY, "public domain")
        compiled = read_snapshot(page, files, knowledge, store)
        assert add_snapshot("clinvar", files, DAY, "public domain", store) == page
        (archive,) = with_snapshots(knowledge, (), store).archives
        return compiled, archive

    return add


def found(archive, assembly, chromosome, position, reference, alternate):
    allele = Allele.of(assembly, chromosome, position, reference, alternate)
    return archive.find([allele]).get(allele, ())


def classified(records, aspect):
    (record,) = records
    return [one for one in record.classifications if one.aspect is aspect]


def test_every_row_is_kept_or_refused_with_its_reason(tmp_path):
    head, *rows = clinvar.read(write(tmp_path))
    assert head == Head("GRCh38", "2026-05-01")
    assert len(rows) == len(ROWS) + len(MESSY)
    assert [row.reason for row in rows if isinstance(row, Refused)] == [
        "no other allele than the reference's",
        "no other allele than the reference's",
        "several alleles in one row",
        "not placed on a chromosome",
        "an allele that is not spelled in A, C, G and T",
        "an allele that is not spelled in A, C, G and T",
        "no classification",
        "no number of a variation",
        "no position",
    ]


def test_rows_are_counted_by_reason_and_the_first_are_listed(added, tmp_path):
    line = "1\t{}\t1\tA\t.\t.\t.\tCLNSIG=Benign\n"
    many = "".join(line.format(at) for at in range(1, 1001))
    compiled, _ = added(write(tmp_path, more=many))
    assert compiled.records == len(ROWS)
    assert compiled.more == {
        "no other allele than the reference's": 982,
        "the same variation and alleles stand twice": 1,
    }
    assert compiled.not_understood == 1000 + len(MESSY)
    assert len(compiled.unread) == 20 + len(MESSY) - 1 - 2


def test_the_three_classifications_are_kept_apart(added, tmp_path):
    _, archive = added(write(tmp_path))
    records = found(archive, "GRCh38", "7", 55191822, "T", "G")
    (oncogenic,) = classified(records, Aspect.ONCOGENICITY)
    (impact,) = classified(records, Aspect.IMPACT)
    (germline,) = classified(records, Aspect.GERMLINE)
    assert (oncogenic.values, oncogenic.stars, oncogenic.says) == (("oncogenic",), 1, Says.CAUSAL)
    assert (impact.values, impact.stars, impact.says) == (("Tier I - Strong",), 2, None)
    assert impact.conditions == ("Non-small cell lung carcinoma", "Lung adenocarcinoma")
    assert (germline.values, germline.stars, germline.says) == (("drug response",), 3, None)
    assert germline.conditions == (
        "Nonsmall cell lung cancer, response to tyrosine kinase inhibitor in, somatic",
    )
    (record,) = records
    assert (record.source, record.version, record.id) == ("ClinVar", "2026-05-01", "16609")
    assert record.address == "https://www.ncbi.nlm.nih.gov/clinvar/variation/16609/"


def test_a_conflict_points_nowhere_and_names_its_sides(added, tmp_path):
    _, archive = added(write(tmp_path))
    records = found(archive, "GRCh38", "12", 25245351, "C", "A")
    (germline,) = classified(records, Aspect.GERMLINE)
    assert germline.values == ("conflicting classifications of pathogenicity",)
    assert germline.conflict == ("likely pathogenic (1)", "uncertain significance (3)")
    assert (germline.says, germline.stars) == (None, 1)
    (oncogenic,) = classified(records, Aspect.ONCOGENICITY)
    assert (oncogenic.says, oncogenic.conflict[0]) == (None, "likely oncogenic (1)")


def test_what_is_classified_in_a_haplotype_alone_is_not_the_allele_s(added, tmp_path):
    _, archive = added(write(tmp_path))
    records = found(archive, "GRCh38", "7", 117509035, "G", "A")
    (germline,) = classified(records, Aspect.GERMLINE)
    assert (germline.values, germline.within) == (("pathogenic",), ("634838", "634839"))
    assert (germline.says, germline.stars) == (None, None)
    (impact,) = classified(records, Aspect.IMPACT)
    assert impact.within == ("99",)


@pytest.mark.parametrize(
    ("words", "stars"),
    [
        ("practice_guideline", 4),
        ("reviewed_by_expert_panel", 3),
        ("criteria_provided,_multiple_submitters,_no_conflicts", 2),
        ("criteria_provided,_multiple_submitters", 2),
        ("criteria_provided,_conflicting_classifications", 1),
        ("criteria_provided,_conflicting_interpretations", 1),
        ("criteria_provided,_single_submitter", 1),
        ("no_assertion_criteria_provided", 0),
        ("a_new_status", None),
    ],
)
def test_stars_are_those_of_the_review_status(words, stars):
    record = clinvar.record("ClinVar", "", 1, f"CLNSIG=Pathogenic;CLNREVSTAT={words}", ())
    assert record.classifications[0].stars == stars


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("Pathogenic/Likely_pathogenic", Says.CAUSAL),
        ("Likely_pathogenic|risk_factor", Says.CAUSAL),
        ("Pathogenic/Likely_pathogenic/Pathogenic,_low_penetrance", Says.CAUSAL),
        ("Benign/Likely_benign|drug_response", Says.HARMLESS),
        ("VUS-high", Says.UNCERTAIN),
        ("risk_factor", None),
        ("Pathogenic/Benign", None),
        ("A_new_word", None),
    ],
)
def test_a_classification_points_one_way_or_none(value, says):
    record = clinvar.record("ClinVar", "", 1, f"CLNSIG={value}", ())
    assert record.classifications[0].says is says


@pytest.mark.parametrize("value", ["not_provided", "no_classifications_from_unflagged_records", ""])
def test_what_says_nothing_is_no_classification(value):
    assert clinvar.record("ClinVar", "", 1, f"CLNSIG={value}", ()).classifications == ()


def test_each_assembly_has_its_own_places(added, tmp_path):
    new = write(tmp_path)
    old = write(tmp_path, "clinvar_GRCh37_20260501.vcf.gz", assembly="GRCh37")
    _, archive = added(new, old)
    assert archive.assemblies == ("GRCh37", "GRCh38")
    assert found(archive, "GRCh37", "7", 140453136, "A", "T")[0].id == "13961"
    assert found(archive, "GRCh38", "7", 140753336, "A", "T")[0].id == "13961"
    assert not found(archive, "GRCh38", "7", 140453136, "A", "T")
    assert not found(archive, "", "7", 140753336, "A", "T")


def test_an_allele_of_one_assembly_alone_is_not_looked_for_on_another(added, tmp_path):
    _, archive = added(write(tmp_path))
    assert archive.assemblies == ("GRCh38",)
    assert not found(archive, "GRCh37", "7", 140453136, "A", "T")


def test_another_change_at_the_place_is_another_allele(added, tmp_path):
    _, archive = added(write(tmp_path))
    assert not found(archive, "GRCh38", "7", 55191822, "T", "A")
    assert not found(archive, "GRCh38", "7", 55191821, "CT", "CA")
    assert not found(archive, "GRCh38", "8", 55191822, "T", "G")
    assert found(archive, "GRCh38", "7", 55191821, "CT", "CG")  # the same, written longer


def test_equal_forms_of_a_deletion_and_of_a_duplication_are_one(added, tmp_path):
    """CFTR F508del as VCF and as HGVS place it; BRCA1 5382insC, four ways."""
    _, archive = added(write(tmp_path))
    assert found(archive, "GRCh38", "7", 117559590, "ATCT", "A")[0].id == "7105"
    assert found(archive, "GRCh38", "7", 117559592, "CTT", "")[0].id == "7105"
    assert not found(archive, "GRCh38", "7", 117559592, "TCT", "")
    assert not found(archive, "GRCh38", "7", 117559593, "TTC", "")
    assert not found(archive, "GRCh38", "7", 117559591, "TC", "")
    for at in range(43057063, 43057067):
        assert found(archive, "GRCh38", "17", at, "", "G")[0].id == "17677"
    assert not found(archive, "GRCh38", "17", 43057067, "", "G")
    assert not found(archive, "GRCh38", "17", 43057062, "", "G")
    assert not found(archive, "GRCh38", "17", 43057064, "", "GG")


def rightmost(sequence, at, size):
    while at + size < len(sequence) and sequence[at] == sequence[at + size]:
        at += 1
    return at


@given(sequence=st.text("AC", min_size=6, max_size=14), data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_deletion_is_found_where_it_gives_the_same_bases_and_nowhere_else(
    sequence, data, tmp_path_factory
):
    """Forms as they follow from the bases themselves, against those that names and places tell."""
    size = data.draw(st.integers(1, 3))
    chosen = data.draw(st.integers(1, len(sequence) - size - 1))
    result = sequence[:chosen] + sequence[chosen + size :]
    same = [
        at for at in range(1, len(sequence) - size + 1)
        if sequence[:at] + sequence[at + size :] == result
    ]  # fmt: skip
    left, right = same[0], rightmost(sequence, same[0], size)
    folder = tmp_path_factory.mktemp("moved")
    name = f"NC_000001.11:g.{right + 1}_{right + size}del" if size > 1 else f"N:g.{right + 1}del"
    row = ("1", left, left, 1, sequence[left - 1 : left + size], sequence[left - 1],
           f"CLNSIG=Benign;CLNHGVS={name}")  # fmt: skip
    path = write(folder, rows=[row])
    page = page_of("clinvar", [path], DAY, "")
    read_snapshot(page, [path], builtin(), folder / "store")
    add_snapshot("clinvar", [path], DAY, "", folder / "store")
    (archive,) = with_snapshots(builtin(), (), folder / "store").archives
    for at in range(1, len(sequence) - size + 1):
        before, gone = sequence[at - 1], sequence[at : at + size]
        held = bool(found(archive, "GRCh38", "1", at, before + gone, before))
        assert held == (at in same), (sequence, size, left, right, at)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no line #CHROM"),
        (b"evidence_id\tgene\n", "no VCF"),
        (b"##fileformat=VCFv4.1\n#CHROM\tPOS\n", "columns are not those of a VCF"),
        (text(assembly="NCBI36").encode(), "does not name its assembly"),
        (b"##fileformat=VCFv4.1\n1\t5\t1\tA\tC\n", "a row before the names"),
        (gzip.compress(text().encode())[:-40], "damaged, or not whole"),
        (b"\x1f\x8bnot a gzip file", "damaged, or not whole"),
    ],
)
def test_what_is_no_such_file_is_refused_and_leaves_nothing(content, why, tmp_path, knowledge):
    path = tmp_path / "clinvar_20260501.vcf.gz"
    path.write_bytes(content)
    store = tmp_path / "store"
    with pytest.raises(Unreadable, match=why):
        read_snapshot(page_of("clinvar", [path], DAY, ""), [path], knowledge, store)
    assert not list(store.glob("indexes/*"))


def test_a_file_of_which_nothing_is_understood_is_not_kept(tmp_path, knowledge):
    path = write(tmp_path, rows=MESSY[:3])
    store = tmp_path / "store"
    with pytest.raises(KnowledgeError, match="not one of its records was understood"):
        read_snapshot(page_of("clinvar", [path], DAY, ""), [path], knowledge, store)
    assert not list(store.glob("indexes/*"))


def test_two_files_are_of_two_assemblies_and_one_day(added, tmp_path):
    with pytest.raises(KnowledgeError, match="both of GRCh38: give one"):
        added(write(tmp_path, "a.vcf.gz"), write(tmp_path, "b.vcf.gz"))
    with pytest.raises(KnowledgeError, match="files of two days"):
        added(
            write(tmp_path, "c.vcf.gz"),
            write(tmp_path, "d.vcf.gz", assembly="GRCh37", day="2026-05-09"),
        )


def test_an_index_that_is_gone_is_made_again_the_same(added, tmp_path, knowledge):
    _, archive = added(write(tmp_path))
    first = archive.path.read_bytes()
    archive.path.unlink()
    (again,) = with_snapshots(knowledge, (), tmp_path / "store").archives
    assert again == archive
    assert again.path.read_bytes() == first


def test_a_damaged_index_is_said_to_be_one(added, tmp_path, knowledge):
    _, archive = added(write(tmp_path))
    data = bytearray(archive.path.read_bytes())
    data[4096 * 2 :] = b"\xff" * (len(data) - 4096 * 2)
    archive.path.write_bytes(data)
    with pytest.raises(KnowledgeError, match="onkos knowledge remove clinvar@2026-05-01"):
        archive.find([Allele.of("GRCh38", "7", 55191822, "T", "G")])


def test_a_removed_snapshot_takes_its_index_along(added, tmp_path):
    _, archive = added(write(tmp_path))
    remove("clinvar@2026-05-01", tmp_path / "store")
    assert not archive.path.exists()


def test_archives_of_the_same_files_are_equal(added, tmp_path, knowledge):
    _, archive = added(write(tmp_path))
    (other,) = with_snapshots(knowledge, (), tmp_path / "store").archives
    assert other == archive
    assert other is not archive


def test_nothing_of_an_archive_is_opened_before_it_is_asked(added, tmp_path):
    _, archive = added(write(tmp_path))
    assert not archive._open
    assert archive.find([]) == {}
    assert not archive._open


KILLED = """
import os, signal, sys
from pathlib import Path
from onkos.sources.knowledge import archive_build
from onkos.sources.knowledge.adapters import clinvar
def read(path):
    for number, row in enumerate(clinvar.read(path)):
        if number == int(sys.argv[3]):
            os.kill(os.getpid(), signal.SIGKILL)
        yield row
archive_build._BATCH = 2
archive_build.build_index([Path(sys.argv[1])], read, Path(sys.argv[2]))
"""


@pytest.mark.parametrize("after", [1, 5, 12])
def test_a_killed_one_leaves_no_index_and_is_swept_away(after, tmp_path):
    path, target = write(tmp_path), index_path(tmp_path / "store", "a" * 64)
    done = subprocess.run([sys.executable, "-c", KILLED, path, target, str(after)], check=False)
    assert done.returncode == -9
    assert about_index(target) is None
    (left,) = target.parent.iterdir()
    os.utime(left, (0, 0))
    about = build_index([path], clinvar.read, target)
    assert about.records == len(ROWS)
    assert list(target.parent.iterdir()) == [target]


def test_a_full_disk_is_a_clear_error(tmp_path, monkeypatch):
    tables = f"pragma max_page_count = 8; {archive_build._TABLES}"
    monkeypatch.setattr(archive_build, "_TABLES", tables)
    rows = [
        ("1", at, at, at, "A", "C", f"CLNSIG=Benign;CLNREVSTAT={PANEL}") for at in range(1, 4000)
    ]
    target = index_path(tmp_path / "store", "a" * 64)
    with pytest.raises(KnowledgeError, match=r"full.*free some space"):
        build_index([write(tmp_path, rows=rows)], clinvar.read, target)
    assert not list(target.parent.iterdir())


junk = st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), max_size=12)


@given(cells=st.lists(junk, max_size=10))
@settings(max_examples=150, deadline=None)
def test_no_row_breaks_the_reading(cells, tmp_path_factory):
    path = tmp_path_factory.mktemp("junk") / "x.vcf"
    path.write_text(text(rows=ROWS[:1], more="\t".join(cells) + "\n"), encoding="utf-8")
    rows = list(clinvar.read(path))
    assert isinstance(rows[1], Filed)
    assert all(isinstance(row, (Filed, Refused)) for row in rows[1:])


def test_a_snapshot_is_counted_without_its_files(added, tmp_path, knowledge):
    compiled, _ = added(write(tmp_path))
    page = page_of("clinvar", [tmp_path / "clinvar_20260501.vcf.gz"], DAY, "public domain")
    for kept in (tmp_path / "store" / "objects").rglob("*"):
        if kept.is_file():
            kept.unlink()
    assert compiled_snapshot(page, knowledge, tmp_path / "store") == compiled
    assert source_of("ClinVar", knowledge).kind == "records"
