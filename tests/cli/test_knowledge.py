"""What the knowledge says of itself."""

import json

import pytest


def test_a_claim_is_shown_with_its_facts(run, knowledge):
    claim = next(c for c in knowledge.claims if c.therapy == ("osimertinib",) and c.approvals)
    shown = run("knowledge", "show", claim.id)
    assert shown.exit_code == 0
    words = " ".join(shown.output.split())
    assert str(claim.when) in words
    for fact in claim.facts:
        assert fact.source_id in words


@pytest.mark.parametrize("name", ["EGFR", "ERBB1", "egfr"])
def test_a_gene_is_shown_by_any_of_its_names(run, name):
    shown = run("knowledge", "show", name).output
    assert shown.startswith("EGFR")
    assert "osimertinib" in shown


@pytest.mark.parametrize("name", ["osimertinib", "Tagrisso", "AZD-9291"])
def test_a_drug_is_shown_by_any_of_its_names(run, name):
    assert run("knowledge", "show", name).output.startswith("osimertinib\n")


def test_a_disease_is_shown_with_what_lies_above(run):
    shown = run("knowledge", "show", "LUAD").output
    assert shown.startswith("LUAD, Lung Adenocarcinoma")
    assert "NSCLC" in shown


def test_an_unknown_name_gives_the_nearest(run):
    shown = run("knowledge", "show", "osimertinip")
    assert shown.exit_code == 11
    assert "osimertinib" in shown.stderr


def test_every_claim_gene_and_drug_has_a_page(knowledge):
    from onkos.cli import lookup

    words = knowledge.vocabulary
    for entry in (*knowledge.claims, *words.genes, *words.drugs):
        assert all(isinstance(line, str) for line in lookup.lines(entry, knowledge))


def test_search_finds_an_entry_where_every_word_stands(run):
    shown = run("knowledge", "search", "OSIMERTINIB", "resistance").output.splitlines()
    every = run("knowledge", "search", "osimertinib").output.splitlines()
    assert 0 < len(shown) < len(every)
    assert set(shown) <= set(every)


def test_search_finds_a_study_by_name_and_number(run, knowledge):
    study = next(s for c in knowledge.claims for s in c.studies if s.pmid and s.name)
    assert run("knowledge", "search", study.name).exit_code == 0
    assert run("knowledge", "search", f"PMID:{study.pmid}").exit_code == 0


def test_search_without_a_hit_exits_with_one(run):
    shown = run("knowledge", "search", "no-such-word-anywhere")
    assert shown.exit_code == 1
    assert shown.stdout == ""


def test_stats_count_claims_and_what_is_not_verified(run, knowledge):
    shown = json.loads(run("knowledge", "stats", "--format", "json").output)
    assert shown["entries"]["claims"] == len(knowledge.claims)
    assert sum(shown["claims by effect"].values()) == len(knowledge.claims)
    assert shown["not verified"]["claims with no verified fact"] == sum(
        claim.all_unverified for claim in knowledge.claims
    )
    assert "FDA" in shown["approvals by regulator"]


def test_stats_as_text_say_the_same(run, knowledge):
    lines = [line.split() for line in run("knowledge", "stats").output.splitlines()]
    assert ["claims", str(len(knowledge.claims))] in lines


def test_compile_prints_hash_and_path(run, knowledge, tmp_path, monkeypatch):
    shown = dict(line.split(maxsplit=1) for line in run("knowledge", "compile").output.splitlines())
    assert shown["sha256"] == knowledge.pins[0].sha256
    assert "path" in shown


def problems_of(run, monkeypatch, found, *arguments):
    import onkos.sources.knowledge as room

    monkeypatch.setattr(room, "lint", found)
    return run("knowledge", "lint", *arguments)


def test_lint_exits_with_zero_where_all_is_clean(run, monkeypatch):
    shown = problems_of(run, monkeypatch, lambda knowledge, proteins: [])
    assert shown.exit_code == 0
    assert shown.output.startswith("clean: ")


def test_lint_lists_what_is_wrong(run, monkeypatch):
    shown = problems_of(run, monkeypatch, lambda knowledge, proteins: ["a: wrong", "b: wrong"])
    assert shown.exit_code == 13
    assert shown.stdout == "a: wrong\nb: wrong\n"


@pytest.mark.parametrize(
    "text",
    [
        "EGFR\tMRPS\nKRAS\tMTEY\n",
        "# Entrez Gene ID\tHugo Symbol\tSequence\n1\tEGFR\tMRPS\n2\tKRAS\tMTEY\n",
        "\ufeffgene\tlength\tsequence\r\nEGFR\t4\tMRPS\r\nKRAS\t4\tMTEY\r\n",
    ],
)
def test_lint_reads_proteins_with_and_without_a_header(run, monkeypatch, tmp_path, text):
    file = tmp_path / "proteins.tsv"
    file.write_bytes(text.encode())
    seen = {}
    problems_of(run, monkeypatch, lambda _, proteins: seen.update(proteins) or [],
                "--proteins", file)  # fmt: skip
    assert seen == {"EGFR": ["MRPS"], "KRAS": ["MTEY"]}


@pytest.mark.parametrize("text", ["", "one\n", "length\tsequence\n", "a\tb\tc\n", "\xff\xfe"])
def test_lint_refuses_a_file_without_proteins(run, tmp_path, text):
    file = tmp_path / "proteins.tsv"
    file.write_bytes(text.encode("latin-1"))
    assert run("knowledge", "lint", "--proteins", file).exit_code == 10


def test_the_site_is_written_and_written_again(run, tmp_path):
    folder = tmp_path / "site"
    made = run("knowledge", "site", "--out", str(folder))
    assert made.exit_code == 0
    assert "EGFR" in (folder / "index.html").read_text()
    stale = folder / "genes" / "OLDNAME.html"
    stale.write_text("a page of an earlier edition")
    with (folder / ".onkos-site").open("a") as listed:
        listed.write("genes/OLDNAME.html\n../outside.html\n")
    (folder / "notes.html").write_text("mine")
    (tmp_path / "outside.html").write_text("mine")
    assert run("knowledge", "site", "--out", str(folder)).exit_code == 0
    assert not stale.exists()
    assert (folder / "notes.html").read_text() == "mine"
    assert (tmp_path / "outside.html").read_text() == "mine"


def test_a_folder_that_holds_other_things_is_not_written_over(run, tmp_path):
    (tmp_path / "thesis.html").write_text("mine")
    refused = run("knowledge", "site", "--out", str(tmp_path))
    assert refused.exit_code == 2
    assert "other files" in refused.stderr
    assert (tmp_path / "thesis.html").read_text() == "mine"
