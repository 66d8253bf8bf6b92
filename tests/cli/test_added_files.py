"""Files that a user adds: an assay's territory, spectra, signatures, hotspots, roles, studies."""

import json

import pytest

from onkos.model import SBS96

HEADER = "Hugo_Symbol\tResidue\tClass\tVariant_Amino_Acid\tTumor_Count"
TP53 = "TP53\tR175\t\tH:500\t500"


@pytest.fixture
def catalogue(tmp_path):
    """Two made-up signatures: one has C>A alone, the other T>G alone."""
    lines = ["Type\tSBS1\tSBS4"]
    for at, channel in enumerate(SBS96):
        lines.append(f"{channel}\t{1 / 16 if at >= 80 else 0}\t{1 / 16 if at < 16 else 0}")
    path = tmp_path / "made_up_signatures.txt"
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.fixture
def spectrum(tmp_path):
    """Counts of two samples: 240 and 80 mutations of the two signatures; 16 of them."""
    lines = ["MutationType\ttumour\tother"]
    for at, channel in enumerate(SBS96):
        lines.append(f"{channel}\t{15 if at < 16 else 5 if at >= 80 else 0}\t{int(at < 16)}")
    path = tmp_path / "matrix.txt"
    path.write_text("\n".join(lines) + "\n")
    return path


def page(folder, sample, top=""):
    path = folder / "case.toml"
    path.write_text(f'id = "c"\ndisease = "LUAD"\n{top}\n[[sample]]\n{sample}\n')
    return path


def matched(run, *words):
    found = run("match", *words, "--format", "json")
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def test_a_spectrum_is_fitted_to_the_catalogue(run, tmp_path, catalogue, spectrum):
    one = page(tmp_path, 'assay = "WES"\nfiles = [{ path = "matrix.txt", barcode = "tumour" }]')
    form = matched(run, one, "--signatures", catalogue)
    said = next(f for f in form["findings"] if f["name"] == "SBS signatures")
    assert said["value"].startswith("SBS4 75%")
    assert "SBS1 25%" in said["value"]
    assert "320 mutations fitted to made_up_signatures, 2 signatures" in said["method"]
    assert any("read as spectrum, told from its columns" in notice for notice in form["notices"])
    pin = next(p for p in form["pins"] if "signatures" in p["source"])
    assert pin["version"] == catalogue.name
    assert len(pin["sha256"]) == 64
    assert not any(f["name"] == "SBS signatures" for f in matched(run, one)["findings"])


@pytest.mark.parametrize(
    ("sample", "said"),
    [
        ('files = [{ path = "matrix.txt" }]', "2 samples; add barcode"),
        ('files = [{ path = "matrix.txt", territory = "panel" }]', "one of exome, genome"),
    ],
)
def test_a_spectrum_that_is_not_told_apart(run, tmp_path, spectrum, sample, said):
    found = run("match", page(tmp_path, sample))
    assert found.exit_code != 0
    assert said in found.output


def test_a_spectrum_with_too_few_is_not_fitted(run, tmp_path, catalogue, spectrum):
    file = '{ path = "matrix.txt", barcode = "other", kind = "spectrum", territory = "exome" }'
    form = matched(run, page(tmp_path, f"files = [{file}]"), "--signatures", catalogue)
    left = next(f for f in form["not_assessed"] if f["name"] == "SBS signatures")
    assert "16 mutations are too few" in left["reason"]


def test_the_territory_of_a_bed_becomes_the_size_of_the_assay(run, tmp_path):
    (tmp_path / "panel.bed").write_text("chr1\t0\t1500000\nchr1\t1400000\t2000000\n")
    (tmp_path / "x.vcf").write_text("##fileformat=VCFv4.2\n")
    for sample in (
        'assay = "WES paired"\nterritory = "panel.bed"',
        '[sample.assay_definition]\nname = "ours"\nterritory = "panel.bed"',
    ):
        form = matched(run, page(tmp_path, sample, 'alterations = ["EGFR L858R"]'))
        said = [n for n in form["notices"] if n.startswith("panel.bed: 2 Mb in 1 intervals")]
        assert len(said) == 1


@pytest.mark.parametrize(
    ("sample", "said"),
    [
        ('assay = "WES"\nterritory = "no.bed"', "no.bed: cannot be opened"),
        ('territory = "panel.bed"', "a territory without an assay"),
        ('assay = "WES"\nterritory = "one.bed"', "counts from 1"),
        ('assay = "WES"\nterritory = 3', "territory"),
        (
            '[sample.assay_definition]\nname = "o"\nmegabases = 1.0\nterritory = "panel.bed"',
            "both megabases and territory",
        ),
        (
            'territory = "panel.bed"\n[sample.assay_definition]\nname = "o"\nterritory = "a.bed"',
            "territory stands twice",
        ),
        ('[sample.assay_definition]\nname = "o"\nterritory = 3', "territory is no path"),
    ],
)
def test_a_territory_that_cannot_be_taken(run, tmp_path, sample, said):
    (tmp_path / "panel.bed").write_text("chr1\t0\t2000000\n")
    (tmp_path / "one.bed").write_text("chr1\t7\t7\n")
    found = run("match", page(tmp_path, sample, 'alterations = ["EGFR L858R"]'))
    assert found.exit_code != 0
    assert said in found.output
    assert "Traceback" not in found.output


def test_hotspots_and_roles_of_the_user_count_and_are_pinned(run, tmp_path):
    hotspots, roles = tmp_path / "hotspots.txt", tmp_path / "roles.tsv"
    hotspots.write_text(f"{HEADER}\n{TP53}\nBRAF\tV600\tx\tE:1\t1\n")
    roles.write_text("gene\trole\nFAM46C\ttumour suppressor\n")
    words = ("TP53 R175H", "-d", "LUAD", "--hotspots", hotspots, "--roles", roles)
    form = matched(run, *words)
    named = {pin["version"]: pin["source"] for pin in form["pins"]}
    assert named[hotspots.name] == "hotspots added by the user"
    assert named[roles.name] == "gene roles added by the user"
    change = next(a for a in form["alterations"] if a["label"] == "TP53 R175H")
    assert any(c.startswith("OS3") or "500" in c for c in change["oncogenicity_criteria"])
    said = run("match", *words).stderr
    assert "hotspots.txt: 1 row not understood and left out, the first in line 3" in said


@pytest.mark.parametrize(
    ("option", "text", "said"),
    [
        ("--signatures", None, "cannot be opened"),
        ("--hotspots", None, "cannot be opened"),
        ("--roles", None, "cannot be opened"),
        ("--studies", None, "cannot be opened"),
        ("--signatures", "Type\tSBS1\nA[C>A]A\t1\n", "1 of the 96 channels"),
        ("--hotspots", "gene\trole\nTP53\tboth\n", "Residue"),
        ("--hotspots", f"{HEADER}\n", "holds no hotspot"),
        ("--roles", "gene\trole\nTP53\tambiguous\n", "gives no gene a role"),
        ("--studies", "a\tb\n1\t2\n", "studies.txt"),
    ],
)
def test_a_file_that_is_none_is_named(run, tmp_path, option, text, said):
    path = tmp_path / f"{option.removeprefix('--')}.txt"
    if text is not None:
        path.write_text(text)
    for command in (("match",), ("explain", "osimertinib"), ("report",)):
        found = run(*command, "EGFR L858R", "-d", "LUAD", option, path)
        assert found.exit_code not in (0, None)
        assert said in found.output
        assert path.name in found.output
        assert "Traceback" not in found.output


def test_two_catalogues_of_one_kind_are_refused(run, catalogue):
    found = run(
        "match", "EGFR L858R", "-d", "LUAD", "--signatures", catalogue, "--signatures", catalogue
    )
    assert "both catalogues of SBS96; give one" in found.output


def test_report_names_the_files_in_its_provenance(run, tmp_path, catalogue):
    target = tmp_path / "r.html"
    found = run("report", "EGFR L858R", "-d", "LUAD", "--signatures", catalogue, "-o", target)
    assert found.exit_code == 0, found.output
    assert "made_up_signatures.txt" in target.read_text()


def test_the_territory_of_one_file_changes_its_burden(run, tmp_path):
    columns = "Hugo_Symbol\tVariant_Classification\tHGVSp_Short\tTumor_Sample_Barcode\tChromosome"
    more = "\tStart_Position\tReference_Allele\tTumor_Seq_Allele2"
    rows = [
        f"EGFR\tMissense_Mutation\tp.L{700 + at}R\tT\t7\t{55_000_000 + at}\tA\tC"
        for at in range(60)
    ]
    maf, bed = tmp_path / "one.maf", tmp_path / "wes.bed"
    maf.write_text("\n".join([columns + more, *rows]) + "\n")
    bed.write_text("chr7\t0\t10000000\nchr7\t20000000\t40000000\n")
    words = (maf, "-d", "LUAD", "--assay", "WES paired")
    form = matched(run, *words, "--territory", bed)
    burden = next(f for f in form["findings"] if f["name"] == "TMB")
    assert burden["number"] == pytest.approx(60 / 30)
    assert next(f for f in matched(run, *words)["findings"] if f["name"] == "TMB") != burden
    lost = run("match", maf, "-d", "LUAD", "--territory", bed)
    assert "name it with --assay" in lost.output
    gone = run("match", *words, "--territory", "no.bed")
    assert gone.exit_code == 10
    assert "cannot be opened" in gone.output
    assert "is for a MAF or VCF" in run("match", "EGFR L858R", "-d", "X", "--territory", bed).output


def test_a_spectrum_alone_is_a_case(run, catalogue, spectrum):
    form = matched(run, spectrum, "-d", "LUAD", "--assay", "WES", "--sample", "tumour",
                   "--signatures", catalogue)  # fmt: skip
    assert any(f["name"] == "SBS signatures" for f in form["findings"])


def test_cohorts_of_burdens_and_of_expression_are_compared_with(run, tmp_path, knowledge):
    genes = sorted(knowledge.vocabulary.gene_by_symbol)[:200]
    genes += [gene for gene in ("EGFR",) if gene not in genes]
    rows, own = ["gene\t" + "\t".join(f"T{n}" for n in range(40))], ["gene\tTPM"]
    for gene in genes:
        rows.append(f"{gene}\t" + "\t".join(f"{10 + n / 10:.1f}" for n in range(40)))
        own.append(f"{gene}\t{900 if gene == 'EGFR' else 12}")
    rest = [1e6 - len(genes) * (10 + n / 10) for n in range(40)]
    rows.append("OTHER\t" + "\t".join(f"{amount:.1f}" for amount in rest))
    (tmp_path / "cohort.tsv").write_text("\n".join(rows))
    (tmp_path / "own.tsv").write_text("\n".join(own))
    one = page(tmp_path, 'assay = "WES"\nfiles = [{ path = "own.tsv", kind = "expression" }]')
    form = matched(run, one, "--expression-cohort", tmp_path / "cohort.tsv")
    said = next(f for f in form["findings"] if f["name"] == "EGFR expression")
    assert "EGFR 900 TPM, high outlier: above 100% of 40 tumours" in said["value"]

    (tmp_path / "burdens.csv").write_text(
        "sample,TMB\n" + "\n".join(f"S{n},{n}" for n in range(60))
    )
    assert matched(run, one, "--burden-cohort", tmp_path / "burdens.csv")
    (tmp_path / "none.csv").write_text("sample,TMB\nS1,many\n")
    assert run("match", one, "--burden-cohort", tmp_path / "none.csv").exit_code == 13
    assert run("match", one, "--expression-cohort", tmp_path / "own.tsv").exit_code == 13
