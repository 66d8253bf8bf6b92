"""CGI, MOAlmanac and VA-Spec read whole: what became claims, what did not and why.

python -m benchmarks.sources                            figures
python -m benchmarks.sources --draw 60 --seed 20261121  rows of CGI at random, and as many of
                                                        MOAlmanac, beside what was read of them

So drawn and read one by one (2026-11-21): of 60 of CGI none is wrong. Of 60 of MOAlmanac two are,
in the disease: "Astrocytoma" held for glioblastoma too. It is mended, as is a context that no drawn
row has: "after prior therapy" held for the first line. Of the 36 that are read since lines of
chemotherapy and more signatures can be said, all read one by one, none is wrong.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.timing import SHARED
from onkos.model import TREATMENT_EFFECTS, Claim, Unread, Vocabulary
from onkos.model.claim import entry_of
from onkos.model.criterion import atoms, genes_named
from onkos.sources.knowledge.adapters import cgi, moa, va_spec
from onkos.sources.knowledge.builtin import builtin
from onkos.sources.patient.tables import open_table

FOLDER = SHARED / "knowledge"
EFFECTS = ("sensitivity", "resistance", "favorable_prognosis")
# Why the rest of the assertions of treatments is unread: to read it would make broader claims.
WHY_REST = """\
  silenced genes, numbers of mutations without their bases, translocations to any partner,
  metastases of an organ, no effect or no disease told, a mesothelioma for a carcinoma"""
# A word of a printed criterion, and the words of the source than which it is no broader; written
# from the words alone, apart from the readers.
AT_MOST = {
    "oncogenic mutation": r":\.|oncogenic mutation|_variant\"|activating",
    "biallelic": "biallelic", "wild-type": "wildtype", "ITD": "ITD", "promoter": "promoter",
    "overexpression": ":over", "protein loss": ":under", "amplification": "amp",
    "rearrangement": "rearrangement|translocation", "fusion": "__|fusion|--", "lost": "deletion",
    "in-frame": "inframe", "frameshift": "frameshift", "nonsense": "stop_gained|nonsense",
    "splice": "splice", "missense": "missense", "insertion": "insertion",
    "deletion": r":del|deletion", "MSI-H": "MSI-High", "TMB": "burden",
}  # fmt: skip


def broader(claim: Claim, words: str, vocabulary: Vocabulary) -> list[str]:
    """What of a criterion its row does not say; empty where it says no more than the row."""
    found = []
    for leaf in atoms(claim.when):
        for gene in genes_named(leaf):
            known = vocabulary.gene(gene)
            if not any(n in words for n in (gene, *(known.former if known else ()))):
                found.append(f"{gene} is not in the row")
        printed = str(leaf)
        if not genes_named(leaf):
            continue  # a measure that stands for the gene's protein: HER2 IHC 3+, PD-L1 TPS >= 1
        for number in re.findall(r"(?<![A-Z0-9])[A-Z]?(\d+)(?![\d.]*[A-Z]{2})", printed):
            if number not in words and number not in "".join(genes_named(leaf)):
                found.append(f"{number} is not in the row")
        word = next((w for w in AT_MOST if w in printed), "")
        if word and not re.search(AT_MOST[word], words, re.IGNORECASE):
            found.append(f"{word} is not in the row")
    return found


def say(name: str, rows: dict[str, str], read: list[Claim | Unread], vocabulary: Vocabulary,
        key: Callable[[Claim], str], lost: int, took: float) -> None:  # fmt: skip
    """One source's figures."""
    claims = [one for one in read if isinstance(one, Claim)]
    unread = [one for one in read if isinstance(one, Unread)]
    print(f"{name}: {len(rows)} entries, {len(claims)} claims, {len(unread)} unread, {lost} lost, "
          f"{took:.2f} s")  # fmt: skip
    treat = sum(claim.effect in TREATMENT_EFFECTS for claim in claims)
    print(f"  {treat} claims of treatments, {len(claims) - treat} of outcomes or diagnoses")
    for (column, reason), number in Counter((u.column, u.reason) for u in unread).most_common():
        print(f"    {number:4d}  {column}: {reason}")
    bad = {c.id: why for c in claims if (why := broader(c, rows[key(c)], vocabulary))}
    print(f"  criteria broader than their row's words: {len(bad)} {list(bad.items())[:5]}")


def of_cgi(vocabulary: Vocabulary) -> Iterator[str]:
    path = FOLDER / "cgi" / "cgi_biomarkers_per_variant.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        lines = sum(1 for _ in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)) - 1
    with open_table(path, cgi.COLUMNS, cgi.REQUIRED) as table:
        found: list[cgi.Biomarker] = []
        odd = list(cgi.biomarkers(table, found))
    start = time.perf_counter()
    read = list(cgi.read(path, vocabulary))
    took = time.perf_counter() - start
    claimed = {entry_of(one.id) for one in read if isinstance(one, Claim)}
    told = {u.line for u in read if isinstance(u, Unread)}
    of_rows = sum(len(b.lines) for b in found if b.id in claimed or told.issuperset(b.lines))
    words = {b.id: f"{b.cells['alteration']} {b.cells['words']}" for b in found}
    print(f"CGI: {lines} rows are {len(found)} biomarkers")
    say("CGI", words, read, vocabulary, lambda c: entry_of(c.id), lines - of_rows - len(odd), took)
    told_of = {b.id: " | ".join(v for v in b.cells.values() if v) for b in found}
    whole = [b for b in found if b.id not in claimed]
    rows = sum(len(b.lines) for b in whole)
    print(f"  nothing read of {rows} of {lines} rows ({rows / lines:.1%}), which are {len(whole)} "
          f"of {len(found)} biomarkers ({len(whole) / len(found):.1%})")  # fmt: skip
    yield from drawn(read, told_of)


def of_moa(vocabulary: Vocabulary) -> Iterator[str]:
    path = FOLDER / "vicc_ga4gh" / "moa_harvester_20250416.json"
    nodes = json.loads(path.read_bytes())["assertions"]
    words = {f"moa:{node['id']}": json.dumps(node["variant"]) for node in nodes}
    start = time.perf_counter()
    read = list(moa.read(path, vocabulary))
    took = time.perf_counter() - start
    treats = {f"moa:{n['id']}" for n in nodes if n["therapy"]["name"]}
    left = {one.text.partition(": ")[0] for one in read if isinstance(one, Unread)}
    lost = len(set(words) - left - {c.id for c in read if isinstance(c, Claim)})
    say("MOAlmanac", words, read, vocabulary, lambda c: c.id, lost, took)
    share = len(left & treats) / len(treats)
    print(f"  of {len(treats)} assertions of treatments {len(left & treats)} unread ({share:.1%});")
    print(WHY_REST)
    yield from drawn(read, {f"moa:{node['id']}": _assertion(node) for node in nodes})


def _assertion(node: dict[str, Any]) -> str:
    """All that an assertion says in short, for the eye."""
    therapy, disease = node["therapy"], node["disease"]
    effects = (f"{name} {node.get(name, therapy.get(name))}" for name in EFFECTS
               if str(node.get(name, therapy.get(name))) != "")  # fmt: skip
    feature = (f"{k} {v}" for k, v in node["variant"].items() if v and k != "id")
    parts = (", ".join(feature), f"{disease['name']} {disease['oncotree_code']}", node["context"],
             therapy["name"], ", ".join(effects), node["predictive_implication"])  # fmt: skip
    return " | ".join(filter(None, parts))


def of_va_spec(vocabulary: Vocabulary) -> None:
    """Figures of both editions of the format."""
    folder = FOLDER / "vicc_ga4gh"
    for name, paths in (
        ("VA-Spec 2022", sorted(folder.glob("moa_cdm*.json"))),
        ("VA-Spec 1.0", sorted((folder / "metakb_tests").glob("*.json"))),
    ):
        start = time.perf_counter()
        read = list(va_spec.read(paths, vocabulary))
        took = time.perf_counter() - start
        words = {c.id: c.note + ' _variant"' for c in read if isinstance(c, Claim)}
        say(name, words, read, vocabulary, lambda c: c.id, 0, took)


def drawn(read: list[Claim | Unread], told_of: dict[str, str]) -> Iterator[str]:
    """Each entry's own words, and below them what was read of it, claims and unread."""
    of_entry: dict[str, list[str]] = {key: [] for key in told_of}
    for one in read:
        if isinstance(one, Claim):
            study = one.studies[0]
            where = f"{','.join(one.disease)} {one.condition} | {' + '.join(one.therapy)}"
            rule = f"{one.when} ({one.setting})" if one.setting else str(one.when)
            effect = str(one.effect) if study.positive else f"{one.effect} CONTRARY"
            of_entry[entry_of(one.id)].append(f"\n    {rule} | {where} | {effect} | {study.kind}")
        elif (key := one.text.partition(": ")[0]) in of_entry:
            of_entry[key].append(f"\n    UNREAD {one.column}: {one.reason}")
    for key in sorted(of_entry):
        yield f"{key} [{told_of[key]}]{''.join(of_entry[key])}"


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draw", type=int, default=0, help="of CGI, and as many of MOAlmanac")
    parser.add_argument("--seed", type=int, default=6)
    given = parser.parse_args()
    if not Path(FOLDER).is_dir():
        print(f"no data in {SHARED.name}")
        return
    vocabulary = builtin().vocabulary
    both = [list(of_cgi(vocabulary)), list(of_moa(vocabulary))]
    of_va_spec(vocabulary)
    for entries in both:
        for line in random.Random(given.seed).sample(entries, min(given.draw, len(entries))):
            print(line)


if __name__ == "__main__":
    main()
