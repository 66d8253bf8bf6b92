"""A run of PURPLE and its companions, figure by figure; and what breaks one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onkos import pipeline
from onkos.cli.intake import case_of
from onkos.errors import Unreadable
from onkos.model import (
    CopyCall,
    CopyNumber,
    Finding,
    Fusion,
    Knowledge,
    Measurement,
    Origin,
    SmallVariant,
    Stated,
    Vocabulary,
)
from onkos.sources.patient.casefile import read_case
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.orange import read_orange
from onkos.sources.patient.purple_run import read_run

COLO829 = "patients/hmftools_colo829"
VALUES = {
    "TMB": 13.7219,
    "TML": 184,
    "SV burden": 86,
    "microsatellite indels": 0.0951,
    "CHORD": 0.0,
}
WORDS = {"MSI": "MSS", "WGD": "present", "CHORD": "HR-proficient", "DPYD": "normal metaboliser"}
ALLELES = ["HLA-A*01:01", "HLA-B*08:01", "HLA-B*40:02", "HLA-C*03:04", "HLA-C*07:01"]


def figures_are_those_of_the_run(measurements: list[Measurement]) -> None:
    values = {m.name: m.value for m in measurements if m.value is not None}
    words = {m.name: m.status for m in measurements if m.status and m.name != "HLA"}
    assert {name: values[name] for name in VALUES} == VALUES
    assert {name: words[name] for name in WORDS} == WORDS
    assert [m.status for m in measurements if m.name == "HLA"] == ALLELES
    assert values["DPYD activity score"] == 2


def test_the_folder_of_a_run_figure_by_figure(shared_data: Path, vocabulary: Vocabulary) -> None:
    """COLO829: purity 0.99, ploidy 3.1, doubled, MSS, eight drivers, no fusion reported."""
    by_sample = read_run(shared_data / COLO829 / "test_run", vocabulary)
    observed = by_sample["tumor_sample"]
    assert observed.quality == {
        "purity": 0.99,
        "ploidy": 3.1,
        "contamination": 0.0,
        "coverage": 111,
    }
    assert len(observed.segments) == 222
    figures_are_those_of_the_run(observed.measurements)
    assert {m.name for m in observed.measurements} >= {"UGT1A1"}
    assert [a.label for a in observed.alterations] == [
        "TERT promoter",
        "somatic BRAF mutation",
        "somatic SF3B1 mutation",
        "somatic HDAC2 mutation",
        "somatic CDKN2A frameshift",
        "somatic TP63 mutation",
        "PTEN deletion",
    ]
    [frameshift] = [a for a in observed.alterations if getattr(a, "gene", "") == "CDKN2A"]
    assert isinstance(frameshift, Stated)
    assert frameshift.biallelic
    assert all(a.origin is Origin.SOMATIC for a in observed.alterations)
    assert observed.filtered == {
        "fusion that LINX does not report": 12,
        "driver that another part of the run tells too": 1,
        "driver catalogue: disruption of one copy": 1,
    }
    assert not observed.unread
    told = "\n".join(observed.notices)
    assert "PTEN: the deletion leaves part of the gene" in told
    assert "tumor_sample.linx.svs.tsv" in told
    assert "tumor_sample.purple.sv.vcf" in told


def test_orange_figure_by_figure(shared_data: Path, vocabulary: Vocabulary) -> None:
    observed = read_orange(shared_data / COLO829 / "real.orange.json", vocabulary)["Test"]
    assert observed.quality == {
        "purity": 0.99,
        "ploidy": 3.1,
        "contamination": 0.0,
        "coverage": 111,
    }
    figures_are_those_of_the_run(observed.measurements)
    variant, deletion, promoter = observed.alterations
    assert isinstance(variant, SmallVariant)
    assert (variant.label, variant.coding) == ("SF3B1 P718L", "c.2153C>T")
    assert (variant.chromosome, variant.position, variant.assembly) == ("2", 198266779, "GRCh37")
    assert (variant.alt_reads, variant.depth) == (70, 107)
    assert variant.vaf == pytest.approx(70 / 107)
    assert deletion == CopyNumber(
        gene="PTEN", call=CopyCall.DELETION, copies=0.0, origin=Origin.SOMATIC
    )
    assert promoter.label == "somatic TERT mutation"
    assert observed.filtered["driver that another part of the run tells too"] >= 1
    assert not observed.unread
    told = "\n".join(observed.notices)
    assert "12p gain (2.0 copies)" in told
    assert "Skin: Melanoma" in told
    assert "not used: immuneEscape, pipelineVersion, plots, sigAllocations" in told


def test_a_case_of_a_run_knows_its_sample(
    shared_data: Path, knowledge: Knowledge, tmp_path: Path
) -> None:
    """What the case file says of purity wins, and the difference is told."""
    page = tmp_path / "case.toml"
    page.write_text(
        'id = "x"\ndisease = "melanoma"\n[[sample]]\npurity = 0.6\n'
        f'files = [{{ path = "{shared_data / COLO829 / "test_run"}" }}]\n'
    )
    case = read_case(page, knowledge)
    [sample] = case.samples
    assert (sample.purity, sample.ploidy, sample.coverage) == (0.6, 3.1, 111)
    assert any("purity: the case says 0.6, a file 0.99" in notice for notice in case.notices)
    assert len(case.segments) == 222


def run(tmp_path: Path, vocabulary: Vocabulary, **parts: object) -> Observed:
    document = {"sampleId": "S1", "refGenomeVersion": "V38", "purple": {}, **parts}
    path = tmp_path / "s1.orange.json"
    path.write_text(json.dumps(document))
    return read_orange(path, vocabulary)["S1"]


def test_parts_that_are_not_known_are_listed(tmp_path: Path, vocabulary: Vocabulary) -> None:
    observed = run(tmp_path, vocabulary, purple={"novelty": [1]}, teal={"length": 3}, linx={"x": 1})
    assert {unread.column for unread in observed.unread} == {"purple.novelty", "teal", "linx.x"}


@pytest.mark.parametrize(
    ("driver", "label"),
    [
        ({"type": "AMP", "minCopyNumber": 22.1}, "ERBB2 amplification"),
        ({"type": "MUTATION"}, "somatic ERBB2 mutation"),
        ({"type": "HOM_DUP_DISRUPTION"}, "somatic ERBB2 loss of function"),
    ],
)
def test_drivers_in_our_words(
    tmp_path: Path, vocabulary: Vocabulary, driver: dict[str, object], label: str
) -> None:
    purple = {"somaticDrivers": [{"gene": "ERBB2", **driver}]}
    assert [a.label for a in run(tmp_path, vocabulary, purple=purple).alterations] == [label]


@pytest.mark.parametrize("order", [1, -1])
def test_a_disruption_of_both_copies_beside_the_deletion_is_one_event(
    tmp_path: Path, vocabulary: Vocabulary, order: int
) -> None:
    told = [
        {"gene": "PTEN", "type": "DEL", "minCopyNumber": 0.0},
        {"gene": "PTEN", "type": "HOM_DEL_DISRUPTION"},
    ][::order]
    other = {"gene": "RB1", "type": "HOM_DEL_DISRUPTION"}
    observed = run(tmp_path, vocabulary, purple={"somaticDrivers": [*told, other]})
    labels = {a.label for a in observed.alterations}
    assert labels == {"PTEN deletion", "somatic RB1 loss of function"}
    assert observed.rows == len(observed.alterations) + sum(observed.filtered.values())


def test_a_germline_driver_stays_germline(tmp_path: Path, vocabulary: Vocabulary) -> None:
    purple = {"germlineDrivers": [{"gene": "BRCA2", "type": "GERMLINE_MUTATION"}]}
    [stated] = run(tmp_path, vocabulary, purple=purple).alterations
    assert stated.origin is Origin.GERMLINE


@pytest.mark.parametrize(
    ("driver", "reason"),
    [
        ({"gene": "MYC", "type": "PARTIAL_AMP"}, "part of the gene"),
        ({"gene": "MYC", "type": "SOMETHING"}, "not known"),
        ({"gene": "", "type": "AMP"}, "names no gene"),
        ({"gene": "MYC", "type": "AMP", "minCopyNumber": "NaN"}, ""),
        ({"gene": "MYC", "type": "AMP", "minCopyNumber": -3}, "fewer than no copies"),
    ],
)
def test_drivers_that_say_too_little_are_unread(
    tmp_path: Path, vocabulary: Vocabulary, driver: dict[str, object], reason: str
) -> None:
    observed = run(tmp_path, vocabulary, purple={"somaticDrivers": [driver]})
    if not reason:  # a missing figure is no figure: the call stands without it
        assert getattr(observed.alterations[0], "copies", 0) is None
        return
    [unread] = observed.unread
    assert reason in unread.reason
    assert not observed.alterations


def test_a_reported_fusion_is_read_with_its_frame(tmp_path: Path, vocabulary: Vocabulary) -> None:
    fusion = {
        "geneUp": "EML4", "geneDown": "ALK", "reportedType": "KNOWN_PAIR", "phased": "INFRAME",
        "contextUp": "Exon 6", "contextDown": "Exon 20",
    }  # fmt: skip
    skipped = {**fusion, "geneUp": "KIF5B", "phased": "SKIPPED_EXONS"}
    known, other = run(tmp_path, vocabulary, linx={"fusions": [fusion, skipped]}).alterations
    assert isinstance(known, Fusion)
    assert (known.label, known.in_frame) == ("EML4::ALK fusion", True)
    assert isinstance(other, Fusion)
    assert other.in_frame is None


@pytest.mark.parametrize(
    ("fit", "quality"),
    [
        ({"purity": 1.5, "ploidy": 2.1}, {"ploidy": 2.1}),
        ({"purity": 0.5, "ploidy": 0}, {"purity": 0.5}),
        ({"purity": "high"}, {}),
        ({"purity": 0.4, "ploidy": 2, "fittedPurityMethod": "NO_TUMOR"}, {}),
    ],
)
def test_a_fit_that_cannot_be_is_not_believed(
    tmp_path: Path,
    vocabulary: Vocabulary,
    fit: dict[str, object],
    quality: dict[str, float],
) -> None:
    observed = run(tmp_path, vocabulary, purple={"fit": fit})
    assert observed.quality == quality
    assert observed.unread or "NO_TUMOR" in observed.notices[0]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"sampleId": "x"}', "\x00", "[" * 5000])
def test_what_is_no_orange_is_refused(tmp_path: Path, vocabulary: Vocabulary, text: str) -> None:
    path = tmp_path / "x.orange.json"
    path.write_text(text)
    with pytest.raises(Unreadable):
        read_orange(path, vocabulary)


@pytest.mark.parametrize("part", ["x", 3, [1], {"alleles": "A"}, {"alleles": [None, {}]}])
def test_parts_of_a_wrong_shape_never_break(
    tmp_path: Path, vocabulary: Vocabulary, part: object
) -> None:
    names = ("linx", "lilac", "chord", "cuppa", "virusInterpreter", "peach")
    observed = run(tmp_path, vocabulary, **dict.fromkeys(names, part))
    assert not observed.alterations


def test_two_runs_in_one_folder_are_refused(tmp_path: Path, vocabulary: Vocabulary) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.purple.purity.tsv").write_text("purity\tploidy\n0.5\t2\n")
    with pytest.raises(Unreadable, match="one run"):
        read_run(tmp_path, vocabulary)


def test_a_run_is_a_case_of_its_own(shared_data: Path, knowledge: Knowledge) -> None:
    """As `onkos match FOLDER --disease MEL` reads it."""
    for name in ("test_run", "real.orange.json"):
        path = shared_data / COLO829 / name
        case = case_of((str(path),), {"disease": "MEL"}, knowledge, fuzzy=False)
        assert case.samples[0].purity == 0.99
        assert any(m.name == "TMB" for m in case.measurements)
        found = {f.name: f.number for f in pipeline.run(case, knowledge).findings
                 if isinstance(f, Finding)}  # fmt: skip
        assert (found["tumour content"], found["ploidy"]) == (0.99, 3.1)
