"""The 1,540 patients of AMLSG (Papaemmanuil 2016): karyotype strings, variants, outcome."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from benchmarks.aml.patients import Patient, variant, word
from benchmarks.timing import SHARED
from onkos.model import Event, GeneEvent, Knowledge
from onkos.sources.patient.iscn import karyogram
from onkos.sources.patient.statement import NotUnderstood

FOLDER = SHARED / "patients" / "aml_papaemmanuil2016"
PUBLISHED = SHARED / "patients" / "aml_tazi2022" / "full_data_validation.tsv"
NO_KARYOTYPE = ("na", "no metaphases", "no analysis", "no material", "")
NOT_A_STRING = ("keine", "komplexer", "pentaploide", "no metaphases")
LOSSES = ("del_3", "del_4", "del_7", "del_9", "del_12", "del_18", "del_20", "minusy")
FLAGS = {
    "t_15_17": "t(15;17)", "t_8_21": "t(8;21)", "inv16_t16_16": "inv(16)", "t_6_9": "t(6;9)",
    "inv3_t3_3": "inv(3)", "t_9_22": "t(9;22)", "t_9_11": "t(9;11)", "t_v_11": "t(v;11q23)",
    "minus5_5q": "del(5q)", "minus7": "monosomy 7", "mono17_17p_abn17p": "abn(17p)",
    "complex": "complex karyotype",
}  # fmt: skip


def rows(path: Path) -> list[dict[str, str]]:
    """Rows of a table whose lines may end in CR."""
    text = path.read_text(encoding="latin-1").replace("\r\n", "\n").replace("\r", "\n")
    return list(csv.DictReader(io.StringIO(text), delimiter="\t"))


def karyotypes() -> dict[str, str]:
    """Karyotype texts by patient."""
    with (FOLDER / "data" / "AMLSG_Karyotypes.txt").open(encoding="latin-1", newline="") as stream:
        text = stream.read().replace("\r\n", "\n").replace("\r", "\n")
    table = csv.reader(io.StringIO(text), delimiter="\t")
    return {row[1]: row[2].strip() for row in list(table)[1:]}


def is_string(text: str) -> bool:
    """Whether a laboratory's text is a karyotype at all, and not a remark."""
    plain = text.casefold().strip(" .")
    return plain not in NO_KARYOTYPE and not plain.startswith(NOT_A_STRING)


def published() -> dict[str, dict[str, str]]:
    """The published table with ELN 2017, by patient."""
    with PUBLISHED.open(encoding="utf-8") as stream:
        table = csv.reader(stream, delimiter=" ")
        head = ["id", *next(table)]
        return {row[0]: dict(zip(head, row, strict=True)) for row in table}


def patients(knowledge: Knowledge) -> Iterator[Patient]:
    """Everyone in the published table."""
    told, texts = published(), karyotypes()
    changes: dict[str, list[dict[str, str]]] = {}
    for row in rows(FOLDER / "data" / "AMLSG_Genetic.txt"):
        changes.setdefault(row["SAMPLE_NAME"], []).append(row)
    for row in rows(FOLDER / "AMLSG_Clinical.tsv"):
        name = row["PDID"]
        yield _patient(row, told[name], texts.get(name, ""), changes.get(name, []), knowledge)


def _patient(
    row: dict[str, str],
    told: dict[str, str],
    text: str,
    changes: list[dict[str, str]],
    knowledge: Knowledge,
) -> Patient:
    patient = Patient(
        id=row["PDID"],
        published=told["eln_2017"].replace("favorable", "favourable"),
        years=float(told["OS"]),
        died=told["OS_Status"] == "1",
        karyotype=text if is_string(text) else "",
        age=float(row["AOD"]) if row["AOD"] else None,
        blasts=float(row["BM_Blasts"]) if row["BM_Blasts"] else None,
        flags={key: _flag(row[key]) for key in (*FLAGS, "MLL_PTD", "NPM1", "FLT3_ITD")},
    )
    patient.flags["cebpa_double"] = row["CEBPA"] == "2"
    patient.flags |= {key: told[key] == "1" for key in (*LOSSES, "RUNX1", "ASXL1", "TP53")}
    if row["MLL_PTD"] != "":
        patient.events = ("FLT3-ITD", "KMT2A-PTD")
    _karyotype(patient, knowledge)
    _genes(patient, row, changes, itd=row["FLT3_ITD"] == "1" or told["ITD"] == "1")
    return patient


def _flag(value: str) -> bool | None:
    return None if value == "" else float(value) > 0


def _karyotype(patient: Patient, knowledge: Knowledge) -> None:
    """The string where it can be read; where there is none, what a flag says is there."""
    if patient.karyotype:
        try:
            variants = knowledge.vocabulary.facts.get("normal_variants", ())
            patient.alterations.append(karyogram(patient.karyotype, variants))
            return
        except NotUnderstood:
            pass
    held = [name for key, name in FLAGS.items() if patient.flags.get(key) and key != "complex"]
    patient.alterations += [word(name, True) for name in held]


def _genes(patient: Patient, row: dict[str, str], changes: list[dict[str, str]], itd: bool) -> None:
    for one in changes:
        gene, protein = one["GENE"], one["AA_CHANGE"]
        is_itd = gene == "FLT3" and one["VARIANT_TYPE"] not in {"Sub"} and "ITD" in protein.upper()
        if one["Result"] != "ONCOGENIC" or is_itd or (gene == "MLL" and "PTD" in protein.upper()):
            continue
        vaf = float(one["VAF"]) if one["VAF"].replace(".", "", 1).isdigit() else None
        patient.alterations.append(variant(gene, protein, vaf))
        if gene == "CEBPA":
            patient.cebpa.append(protein)
        if gene == "TP53":
            patient.tp53_vaf = max(patient.tp53_vaf or 0.0, vaf or 0.0)
    if itd:
        patient.alterations.append(GeneEvent(gene="FLT3", event=Event.ITD))
    if row["MLL_PTD"] == "1":
        patient.alterations.append(GeneEvent(gene="KMT2A", event=Event.PTD))
    if row["NPM1"] == "1" and not any(c["GENE"] == "NPM1" for c in changes):
        patient.alterations.append(variant("NPM1", "p.W288fs*12", None))
