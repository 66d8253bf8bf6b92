"""CIViC read whole: what became claims, what did not and why, what changed since 2021.

python -m benchmarks.civic                 figures
python -m benchmarks.civic --unread        every unread predictive row
python -m benchmarks.civic --draw 200      rows at random, to be read by eye
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from onkos.cli.proteins import read_proteins
from onkos.model import Claim, Unread, Vocabulary
from onkos.model.claim import entry_of
from onkos.sources.knowledge.adapters.broader import broader_than_words
from onkos.sources.knowledge.adapters.civic import functional_studies, read
from onkos.sources.knowledge.adapters.civic_profile import ProfileReader
from onkos.sources.knowledge.builtin import builtin
from onkos.sources.knowledge.lint import residues
from onkos.sources.patient.tables import Rejected

NEW = "civic/civic_accepted_evidence_2026-05.tsv"
OLD = "civic/2021-08-01/01-Aug-2021-ClinicalEvidenceSummaries.tsv"
PROTEINS = "reference/oncokb_gene_protein_sequences_2020-11.tsv"
SINGLE = re.compile(r"\S+ [ACDEFGHIKLMNPQRSTVWY]\d+[A-Z*]")
Rows = dict[str, dict[str, str]]


def data() -> Path:
    return Path(os.environ.get("ONKOS_TEST_DATA", "../shared/data")) / "knowledge"


def rows_of(path: Path) -> Rows:
    """Rows by ``civic:EID…``, as the file has them."""
    with path.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {f"civic:EID{row['evidence_id']}": row for row in table}


def parted(path: Path, vocabulary: Vocabulary) -> tuple[dict[str, list[Claim]], dict[str, Unread]]:
    """Claims and unread, by item."""
    claims: dict[str, list[Claim]] = defaultdict(list)
    unread: dict[str, Unread] = {}
    for one in read(path, vocabulary):
        if isinstance(one, Claim):
            claims[entry_of(one.id)].append(one)
        else:
            unread[f"civic:{one.text.partition(':')[0]}"] = one
    return claims, unread


def figures(path: Path, vocabulary: Vocabulary) -> None:
    rows = rows_of(path)
    start = time.perf_counter()
    claims, unread = parted(path, vocabulary)
    took = time.perf_counter() - start
    print(f"{path.name}: {len(rows)} rows in {took:.2f} s")
    print(
        f"  {len(claims)} rows are {sum(map(len, claims.values()))} claims, {len(unread)} unread,"
    )
    print(
        f"  {len(set(rows) - set(claims) - set(unread))} lost, {len(set(claims) & set(unread))} both"
    )
    for kind in sorted({row["evidence_type"] for row in rows.values()}):
        own = [key for key, row in rows.items() if row["evidence_type"] == kind]
        left = sum(key in unread for key in own)
        print(f"  {kind}: {len(own)} rows, {left} unread ({left / len(own):.1%})")
    print("  unread by reason:")
    for (column, reason), n in Counter((u.column, u.reason) for u in unread.values()).most_common():
        print(f"    {n:4d}  {column}: {reason}")
    broad = [key for key, own in claims.items() for c in own if broader_than_words(c)]
    print(f"  criteria broader than their profile's words: {len(broad)} {broad[:5]}")


def drift(old: Rows, new: Rows) -> None:
    """Old ids found again, and which of their fields differ."""
    kept = sorted(set(old) & set(new))
    print(
        f"2021 to 2026: {len(kept)} of {len(old)} ids found again, {len(set(new) - set(old))} new"
    )
    fields = {
        "profile": (lambda r: f"{r['gene']} {r['variant']}", lambda r: r["molecular_profile"]),
        "disease": (lambda r: r["disease"], lambda r: r["disease"]),
        "doid": (lambda r: r["doid"], lambda r: r["doid"]),
        "therapies": (lambda r: _set(r["drugs"]), lambda r: _set(r["therapies"])),
        "interaction": (lambda r: r["drug_interaction_type"], lambda r: r["therapy_interaction_type"]),
        "significance": (lambda r: r["clinical_significance"], lambda r: r["significance"]),
        "origin": (lambda r: r["variant_origin"], lambda r: r["variant_origin"]),
        "citation": (lambda r: r["citation_id"], lambda r: r["citation_id"]),
        "trials": (lambda r: _set(r["nct_ids"]), lambda r: _set(r["nct_ids"])),
    }  # fmt: skip
    for name in ("evidence_type", "evidence_direction", "evidence_level", "rating"):
        fields[name] = (lambda r, n=name: r[n], lambda r, n=name: r[n])
    for name, (before, after) in fields.items():
        changed = [(before(old[k]), after(new[k])) for k in kept if before(old[k]) != after(new[k])]
        common = "; ".join(f"{a} -> {b} ({n})" for (a, b), n in Counter(changed).most_common(3))
        print(f"  {name}: {len(changed)} differ{': ' + common if changed else ''}")


def _set(text: str) -> str:
    return ", ".join(sorted(part.strip() for part in text.split(",")))


def claims_drift(old: Path, new: Path, vocabulary: Vocabulary) -> None:
    """What the differences do to the claims of ids that are in both."""
    before, _ = parted(old, vocabulary)
    after, _ = parted(new, vocabulary)
    both = set(before) & set(after)
    kinds: Counter[str] = Counter()
    for key in both:
        a, b = before[key], after[key]
        for name in ("when", "disease", "therapy", "effect", "setting"):
            kinds[name] += {str(getattr(c, name)) for c in a} != {str(getattr(c, name)) for c in b}
    print(f"  claims of {len(both)} ids in both; of these differ: {dict(kinds)}")


def residue_figures(path: Path, vocabulary: Vocabulary) -> None:
    """Residues of the claims, and of profiles that are one substitution, against the proteins."""
    claims, _ = parted(path, vocabulary)
    proteins = read_proteins(data() / PROTEINS)
    sets = {"claims": [c.when for own in claims.values() for c in own]}
    profiles = {row.get("molecular_profile", "") for row in rows_of(path).values()}
    single, refused = [], set()
    reader = ProfileReader(vocabulary)
    for profile in profiles:
        if SINGLE.fullmatch(profile) and profile.split()[0] in proteins:
            try:
                single.append(reader.read(profile))
            except Rejected:
                refused.add(profile)
    if single:
        sets["profiles of one substitution, of all types of evidence"] = single
    for name, rules in sets.items():
        agree, disagree = residues(rules, proteins)
        print(f"  {name}: {len(agree)} of {len(agree) + len(disagree)} residues agree; not:")
        print("    " + ", ".join(f"{r.gene} {r.letter}{r.position}" for r in sorted(disagree)))
    if refused:
        print(f"    and refused on reading: {', '.join(sorted(refused))}")


def draw(path: Path, vocabulary: Vocabulary, number: int, seed: int) -> Iterator[str]:
    """Rows beside what was read of them."""
    rows = rows_of(path)
    claims, unread = parted(path, vocabulary)
    for key in sorted(random.Random(seed).sample(sorted(rows), min(number, len(rows)))):
        row = rows[key]
        words = ("evidence_type", "evidence_direction", "significance", "evidence_level", "disease",
                 "therapies", "therapy_interaction_type", "variant_origin")  # fmt: skip
        profile = row.get("molecular_profile") or f"{row['gene']} {row['variant']}"
        yield f"{key} [{profile}] " + " | ".join(row.get(w, "") for w in words if row.get(w))
        for c in claims.get(key, ()):
            study = c.studies[0]
            therapy = " + ".join(c.therapy)
            setting = f" ({c.setting})" if c.setting else ""
            sign = "" if study.positive else " CONTRARY"
            yield f"    {c.when}{setting} | {','.join(c.disease)} {c.condition} | {therapy} | {c.effect}{sign} | {study.kind}"
        if key in unread:
            yield f"    UNREAD {unread[key].column}: {unread[key].reason}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draw", type=int, default=0)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--unread", action="store_true")
    given = parser.parse_args()
    vocabulary, new, old = builtin().vocabulary, data() / NEW, data() / OLD
    if given.draw:
        print("\n".join(draw(new, vocabulary, given.draw, given.seed)))
        return
    if given.unread:
        rows, (_, unread) = rows_of(new), parted(new, vocabulary)
        for key, one in unread.items():
            if rows[key]["evidence_type"] == "Predictive":
                print(
                    f"{one.text} | {rows[key]['disease']} | {rows[key]['therapies']} | {one.reason}"
                )
        return
    for path in (new, old):
        figures(path, vocabulary)
        residue_figures(path, vocabulary)
    drift(rows_of(old), rows_of(new))
    claims_drift(old, new, vocabulary)
    studies = Counter(type(one).__name__ for one in functional_studies(new, vocabulary))
    print(f"functional studies: {dict(studies)}")


if __name__ == "__main__":
    main()
