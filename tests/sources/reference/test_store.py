"""A reference added once, opened again, and every way in which the files may not fit."""

import gzip

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from onkos.cli.entry import main
from onkos.errors import InputError, Unreadable
from onkos.model import Chromosome
from onkos.sources.reference import add_reference, open_reference, references
from onkos.sources.reference.gff3 import read_gff3
from tests.small_genome import FORWARD, gff3_lines, write


@pytest.fixture
def files(tmp_path):
    return write(tmp_path)


def test_what_was_added_opens_again(files, tmp_path):
    added = add_reference(*files, "hg38", tmp_path / "store")
    assert (added.assembly, added.transcripts, added.mane) == ("GRCh38", 2, 2)
    genome = open_reference("GRCh38", tmp_path / "store")
    assert genome.sequence("1", 1, 10) == FORWARD[:10]
    assert genome.sequence("1", -5, 3) == FORWARD[:3]
    assert genome.sequence("1", len(FORWARD), len(FORWARD) + 9) == FORWARD[-1]
    assert genome.sequence("9", 1, 10) == ""
    assert genome.length("1") == len(FORWARD)
    (one,) = genome.transcripts_of("1", 60, 60)
    assert (one.id, one.gene, one.protein, one.mane) == ("TFWD.1", "FWD", "PFWD", True)
    assert genome.transcripts_of("1", 1, 40) == ()
    assert [a.assembly for a in references(tmp_path / "store")] == ["GRCh38"]


def test_adding_again_replaces_and_leaves_nothing_behind(files, tmp_path):
    store = tmp_path / "store"
    for _ in range(2):
        add_reference(*files, "GRCh38", store)
    assert sorted(p.name for p in store.iterdir()) == ["GRCh38"]


def test_the_folder_of_the_fasta_is_not_written_to(tmp_path):
    (tmp_path / "in").mkdir()
    fasta, genes = write(tmp_path / "in")
    add_reference(fasta, genes, "GRCh38", tmp_path / "store")
    assert sorted(p.name for p in fasta.parent.iterdir()) == [fasta.name, genes.name]


def test_chromosomes_with_and_without_chr_are_the_same(tmp_path):
    fasta, genes = write(tmp_path, prefix="chr")
    add_reference(fasta, genes, "GRCh38", tmp_path / "store")
    genome = open_reference("GRCh38", tmp_path / "store")
    assert genome.sequence("1", 1, 5) == FORWARD[:5]
    assert genome.chromosomes == ("1", "2")


def test_chromosomes_that_the_fasta_lacks_are_named(files, tmp_path):
    fasta, genes = files
    fasta.write_text(f">1\n{FORWARD}\n", encoding="utf-8")
    added = add_reference(fasta, genes, "GRCh38", tmp_path / "store")
    assert added.without_bases == {"2": 1}
    assert added.transcripts == 1


def test_no_chromosome_in_common(files, tmp_path):
    fasta, genes = files
    fasta.write_text(f">scaffold_9\n{FORWARD}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"share no chromosome.*scaffold_9.*two of one genome"):
        add_reference(fasta, genes, "GRCh38", tmp_path / "store")
    assert references(tmp_path / "store") == ()


def test_transcripts_of_another_assembly(files, tmp_path):
    fasta, genes = files
    shifted = FORWARD[7:] + FORWARD[:7]
    fasta.write_text(f">1\n{shifted}\n>2\n{shifted}\n", encoding="utf-8")
    with pytest.raises(Unreadable, match="another assembly than the bases"):
        add_reference(fasta, genes, "GRCh38", tmp_path / "store")


def test_transcripts_beyond_the_end(files, tmp_path):
    fasta, genes = files
    fasta.write_text(f">1\n{FORWARD[:90]}\n>2\n{FORWARD}\n", encoding="utf-8")
    with pytest.raises(Unreadable, match=r"as TFWD\.1 "):
        add_reference(fasta, genes, "GRCh38", tmp_path / "store")


def test_a_fasta_packed_by_plain_gzip_is_refused_with_the_way_out(files, tmp_path):
    fasta, genes = files
    packed = tmp_path / "small.fa.gz"
    packed.write_bytes(gzip.compress(fasta.read_bytes()))
    with pytest.raises(InputError, match="bgzip"):
        add_reference(packed, genes, "GRCh38", tmp_path / "store")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no transcript"),
        ('1\th\texon\t1\t90\t.\t+\t.\tgene_id "G"; transcript_id "T";\n', "no transcript"),
        ("1\th\texon\tone\t90\t.\t+\t.\tID=x\n", "line 1"),
        ("not a table\n", "line 1"),
    ],
)
def test_what_is_no_gff3_is_named(files, tmp_path, text, said):
    fasta, genes = files
    genes.write_text(text, encoding="utf-8")
    with pytest.raises(Unreadable, match=said):
        add_reference(fasta, genes, "GRCh38", tmp_path / "store")


def test_a_truncated_gzip_is_named(files, tmp_path):
    fasta, genes = files
    packed = tmp_path / "small.gff3.gz"
    packed.write_bytes(gzip.compress(genes.read_bytes() * 50)[:-40])
    with pytest.raises(Unreadable, match="damaged gzip"):
        add_reference(fasta, packed, "GRCh38", tmp_path / "store")


def test_an_assembly_that_was_not_added(tmp_path):
    with pytest.raises(InputError, match=r"no reference GRCh37 .added: none.; onkos reference add"):
        open_reference("hg19", tmp_path)


def test_a_fasta_that_has_changed_or_gone(files, tmp_path):
    fasta, genes = files
    add_reference(fasta, genes, "GRCh38", tmp_path / "store")
    fasta.write_text(fasta.read_text() + ">3\nACGT\n", encoding="utf-8")
    with pytest.raises(InputError, match="has changed"):
        open_reference("GRCh38", tmp_path / "store")
    fasta.unlink()
    with pytest.raises(InputError, match="has gone"):
        open_reference("GRCh38", tmp_path / "store")


def test_a_damaged_index(files, tmp_path):
    add_reference(*files, "GRCh38", tmp_path / "store")
    (tmp_path / "store" / "GRCh38" / "transcripts.msgpack").write_bytes(b"\x91\x00")
    with pytest.raises(InputError, match="index of GRCh38 is damaged"):
        open_reference("GRCh38", tmp_path / "store")


def test_a_chain_that_leads_elsewhere(files, tmp_path):
    chain = tmp_path / "hg38ToHg19.over.chain"
    chain.write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="leads from GRCh38 to GRCh37, not to GRCh38"):
        add_reference(*files, "GRCh38", tmp_path / "store", chains=[chain])


@pytest.mark.parametrize("name", ["../up", "", "a b", "mm10", "T2T", "NCBI36"])
def test_an_assembly_is_one_of_two(files, tmp_path, name):
    with pytest.raises(InputError, match="GRCh38 or GRCh37"):
        add_reference(*files, name, tmp_path / "store")
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize(
    ("name", "approved"),
    [("hg19", "GRCh37"), ("b37", "GRCh37"), ("hs37d5", "GRCh37"), ("GRCh38.p14", "GRCh38")],
)
def test_other_names_of_the_two(files, tmp_path, name, approved):
    assert add_reference(*files, name, tmp_path / "store").assembly == approved


def short(assembly, length, **sites):
    """A chromosome 1 of so many bases."""
    return Chromosome(
        assembly=assembly,
        name="1",
        length=length,
        centromere=(1, 2),
        sites={at.removeprefix("at"): base for at, base in sites.items()},
    )


def test_a_chromosome_as_long_as_that_of_the_other_assembly(files, tmp_path):
    size = len(FORWARD)
    table = [short("GRCh37", size), short("GRCh38", size + 5)]
    with pytest.raises(Unreadable, match=f"chromosome 1 has {size} bases, as in GRCh37"):
        add_reference(*files, "GRCh38", tmp_path / "store", chromosomes=table)
    assert add_reference(*files, "GRCh37", tmp_path / "store", chromosomes=table).transcripts == 2


def test_a_chromosome_longer_than_there_is(files, tmp_path):
    table = [short("GRCh38", len(FORWARD) - 1)]
    with pytest.raises(Unreadable, match="that of GRCh38"):
        add_reference(*files, "GRCh38", tmp_path / "store", chromosomes=table)


def test_part_of_a_chromosome_is_told_by_its_known_sites(files, tmp_path):
    right, size = FORWARD[9], 10 * len(FORWARD)
    wrong = "A" if right != "A" else "C"
    fits = [short("GRCh38", size, at10=right, at999999=wrong)]
    add_reference(*files, "GRCh38", tmp_path / "store", chromosomes=fits)
    with pytest.raises(Unreadable, match="1 of 1 known sites of GRCh38 have another base"):
        add_reference(
            *files, "GRCh38", tmp_path / "other", chromosomes=[short("GRCh38", size, at10=wrong)]
        )


def test_the_small_genome_is_of_its_assembly_by_the_knowledge(tiny_files, tmp_path, vocabulary):
    files = tiny_files / "genome.fa.gz", tiny_files / "genes.gff3"
    add_reference(*files, "hg38", tmp_path / "store", chromosomes=vocabulary.chromosomes)
    with pytest.raises(Unreadable, match="known sites of GRCh37 have another base"):
        add_reference(*files, "GRCh37", tmp_path / "store", chromosomes=vocabulary.chromosomes)


def test_the_command_adds_and_lists(files, tmp_path, monkeypatch):
    monkeypatch.setenv("ONKOS_REFERENCES", str(tmp_path / "store"))
    fasta, genes = files
    arguments = ["reference", "add", "--fasta", str(fasta), "--gff3", str(genes)]
    runner = CliRunner()
    empty = runner.invoke(main, ["reference", "list"])
    assert "none in" in empty.output
    done = runner.invoke(main, [*arguments, "--assembly", "GRCh38"])
    assert "GRCh38: 2 transcripts (2 MANE Select) on 2 chromosomes" in done.output
    listed = runner.invoke(main, ["reference", "list"])
    assert f"{fasta}" in listed.output


@given(
    st.lists(
        st.sampled_from(
            [*gff3_lines(), "x", "\t" * 8, "1\t.\texon\t9\t3\t.\t+\t.\tParent=transcript:TFWD"]
        ),
        max_size=12,
    )
)
def test_any_mixture_of_lines_is_read_or_refused(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("mix") / "m.gff3"
    path.write_text("\n".join(lines), encoding="utf-8")
    try:
        found = read_gff3(path)
    except Unreadable as error:
        found, refused = [], error.problems
    else:
        refused = ()
    assert bool(refused) != bool(found)
    assert all(one.exons for one in found)


def test_only_coding_transcripts_with_a_tag_are_kept_where_tags_are_named(files, tmp_path):
    fasta, genes = files
    text = genes.read_text()
    plain = [
        line.replace("TFWD", "TPLAIN").replace("tag=basic,Ensembl_canonical,MANE_Select", "tag=x")
        for line in text.splitlines()
        if "TFWD" in line
    ]
    silent = [
        line.replace("TREV", "TSILENT")
        for line in text.splitlines()
        if "TREV" in line and "CDS" not in line
    ]
    genes.write_text("\n".join([text, *plain, *silent]) + "\n")
    assert {t.id for t in read_gff3(genes)} == {"TFWD.1", "TREV.1", "TPLAIN.1", "TSILENT.1"}
    assert {t.id for t in read_gff3(genes, ["MANE_Select"])} == {"TFWD.1", "TREV.1"}
    added = add_reference(fasta, genes, "GRCh38", tmp_path / "store", tagged=["basic"])
    assert added.transcripts == 2


def test_parts_that_stand_before_their_transcript_are_its_own_too(files):
    _, genes = files
    before = read_gff3(genes)
    lines = genes.read_text().splitlines()
    genes.write_text("\n".join([lines[0], *reversed(lines[1:])]) + "\n")
    assert sorted(read_gff3(genes), key=lambda t: t.id) == sorted(before, key=lambda t: t.id)


def test_a_large_gff3_is_read_in_little_memory(tmp_path):
    """Under 12 KB for each transcript of sixteen parts: a whole set of Ensembl fits a laptop."""
    import tracemalloc

    lines, count, exons = ["##gff-version 3"], 500, 8
    words = "description=" + "of the cell " * 20 + ";logic_name=havana;constitutive=1"
    for n in range(count):
        low = 1 + n * 20_000
        head = "1\tx\t%s\t%d\t%d\t.\t+\t%s\t"
        lines.append(head % ("gene", low, low + 9_000, ".") + f"ID=gene:G{n};Name=G{n};{words}")
        told = f"ID=transcript:T{n};Parent=gene:G{n};tag=basic;{words}"
        lines.append(head % ("mRNA", low, low + 9_000, ".") + told)
        for start in range(low, low + 1_000 * exons, 1_000):
            place = start, start + 98
            lines.append(head % ("exon", *place, ".") + f"Parent=transcript:T{n};{words}")
            told = f"ID=CDS:P{n};Parent=transcript:T{n};{words}"
            lines.append(head % ("CDS", *place, "0") + told)
    path = tmp_path / "large.gff3.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode(), 1))
    del lines
    tracemalloc.start()
    assert len(read_gff3(path)) == count
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < count * 12_000
