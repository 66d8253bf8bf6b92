"""The 2,113 patients of the NCRI trials (Tazi 2022): flags of genes and lesions, outcome."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from benchmarks.aml.patients import Patient, variant, word
from benchmarks.timing import SHARED
from onkos.model import Event, GeneEvent

FOLDER = SHARED / "patients" / "aml_tazi2022"
WORDS = {
    "t_15_17": "t(15;17)", "t_8_21": "t(8;21)", "inv_16": "inv(16)", "t_6_9": "t(6;9)",
    "inv_3": "inv(3)", "t_9_22": "t(9;22)", "t_9_11": "t(9;11)", "t_v_11": "t(v;11q23)",
    "t_8_16": "t(8;16)", "del_5": "del(5q)", "del_17": "abn(17p)", "complex": "complex karyotype",
}  # fmt: skip
LOSSES = ("del_3", "del_5", "del_7", "del_9", "del_12", "del_13", "del_16", "del_17", "del_18",
          "del_20")  # fmt: skip


def patients() -> Iterator[Patient]:
    """Everyone in the published table."""
    changes: dict[str, list[dict[str, str]]] = {}
    with (FOLDER / "genetic_files_main.tsv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            changes.setdefault(row["data_pd"], []).append(row)
    with (FOLDER / "eln_classification_clin_ratio_interpol.tsv").open(encoding="utf-8") as stream:
        classes = {row[""]: row["eln_2017"] for row in csv.DictReader(stream, delimiter="\t")}
    with (FOLDER / "aml_prognosis_updated.tsv").open(encoding="utf-8", newline="") as stream:
        table = csv.reader(stream, delimiter="\t")
        head = ["id", *next(table)]
        for line in table:
            row = dict(zip(head, line, strict=True))
            yield _patient(row, classes[row["id"]], changes.get(row["id"], []))


def _patient(row: dict[str, str], known: str, changes: list[dict[str, str]]) -> Patient:
    patient = Patient(
        id=row["id"],
        published=known.replace("favorable", "favourable"),
        years=float(row["os"]) if row["os"] not in {"", "NA"} else float("nan"),
        died=row["os_status"] == "1",
        flags={
            key: row[key] == "1"
            for key in (*WORDS, *LOSSES, "minusy", "MLL", "ITD", "NPM1", "RUNX1", "ASXL1", "TP53")
        },
        age=float(row["age"]),
        blasts=float(row["bm_blasts"]) if row["bm_blasts"] not in {"", "NA"} else None,
    )
    patient.flags["cebpa_double"] = row["CEBPA_bi"] == "1"
    patient.alterations += [word(name, row[key] == "1") for key, name in WORDS.items()]
    patient.alterations += _by_rule(row)
    _genes(patient, row, changes)
    return patient


def _by_rule(row: dict[str, str]) -> list[object]:
    """Words that the flags settle together: one flag for -7 and 7q, none for monosomal."""
    found = [word("monosomy 5", False), word("monosomy 17", False), word("del(17p)", False)]
    if row["del_7"] == "0":
        found.append(word("monosomy 7", False))
    if not any(row[key] == "1" for key in LOSSES):
        found.append(word("monosomal karyotype", False))
    if row["inv_3"] == "0" and row["t_3_21"] == "0" and row["others_transloc"] == "0":
        found.append(word("3q26 rearrangement", False))
    return list(found)


def _genes(patient: Patient, row: dict[str, str], changes: list[dict[str, str]]) -> None:
    seen = set()
    for one in changes:
        gene, protein = one["gene"], one["protein"]
        if one["annot"] not in {"ONCOGENIC", "POS"} or (gene == "FLT3" and "ITD" in protein):
            continue
        vaf = float(one["tum_vaf"]) if one["tum_vaf"] else None
        patient.alterations.append(variant(gene, protein, vaf))
        seen.add(gene)
        if gene == "CEBPA":
            patient.cebpa.append(protein)
        if gene == "TP53":
            patient.tp53_vaf = max(patient.tp53_vaf or 0.0, vaf or 0.0)
    if row["ITD"] == "1":
        patient.alterations.append(GeneEvent(gene="FLT3", event=Event.ITD))
    if row["MLL"] == "1":
        patient.alterations.append(GeneEvent(gene="KMT2A", event=Event.PTD))
    if row["NPM1"] == "1" and "NPM1" not in seen:
        patient.alterations.append(variant("NPM1", "p.W288fs*12", None))
