"""CIViC read whole: what became claims, what did not and why, what changed since 2021.

python -m benchmarks.civic                 figures
python -m benchmarks.civic --unread        every unread predictive row
python -m benchmarks.civic --draw 200      rows at random, to be read by eye

Read one by one (--draw 200 --seed 20261121, 2026-11-21): three of 200 are wrong, all in the
disease: "Ovarian Cancer" held for the fallopian tube too. It is mended. None is wrong in the
criterion, the drugs, the effect, its direction or the level. By decision 0017 the bases that stand
beside a change of the protein are left out (15 of the 200), and by 0019 "Somatic" is not asked for.
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

from benchmarks.profile_words import broader_than_words
from onkos.cli.proteins import read_proteins
from onkos.model import Claim, Unread, Vocabulary
from onkos.model.claim import entry_of
from onkos.model.criterion import Mutation
from onkos.sources.knowledge.adapters.civic import functional_studies, read
from onkos.sources.knowledge.adapters.civic_profile import ProfileReader
from onkos.sources.knowledge.builtin import builtin
from onkos.sources.knowledge.lint import Residue, residues
from onkos.sources.patient.tables import Rejected

NEW = "civic/civic_accepted_evidence_2026-05.tsv"
OLD = "civic/2021-08-01/01-Aug-2021-ClinicalEvidenceSummaries.tsv"
PROTEINS = "reference/oncokb_gene_protein_sequences_2020-11.tsv"
SINGLE = re.compile(r"(\S+) ([ACDEFGHIKLMNPQRSTVWY]\d+[A-Z*])")
# Columns of 2026, and their names of 2021 where these differ.
SAME = {
    "profile": "", "disease": "", "doid": "", "therapies": "drugs",
    "therapy_interaction_type": "drug_interaction_type", "significance": "clinical_significance",
    "variant_origin": "", "citation_id": "", "nct_ids": "", "evidence_type": "",
    "evidence_direction": "", "evidence_level": "", "rating": "",
}  # fmt: skip
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
    lost, twice = set(rows) - set(claims) - set(unread), set(claims) & set(unread)
    print(f"  {len(lost)} lost, {len(twice)} both")
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
    for key in kept:
        old[key]["profile"] = f"{old[key]['gene']} {old[key]['variant']}"
        new[key]["profile"] = new[key]["molecular_profile"]
        for row in (old[key], new[key]):
            for name in {"drugs", "therapies", "nct_ids"} & row.keys():
                row[name] = ", ".join(sorted(part.strip() for part in row[name].split(",")))
    for name, before in SAME.items():
        pairs = [(old[key][before or name], new[key][name]) for key in kept]
        changed = [(a, b) for a, b in pairs if a.casefold() != b.casefold()]
        common = "; ".join(f"{a} -> {b} ({n})" for (a, b), n in Counter(changed).most_common(3))
        print(f"  {name}: {len(changed)} differ{': ' + common if changed else ''}")


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
    agree, wrong = residues([c.when for own in claims.values() for c in own], proteins)
    _say("claims", agree, wrong)
    profiles = {row.get("molecular_profile", "") for row in rows_of(path).values()}
    found = [SINGLE.fullmatch(profile) for profile in profiles]
    single = {Mutation(genes=(f[1],), change=f[2]): f[0] for f in found if f and f[1] in proteins}
    if not single:
        return
    agree, wrong = residues(single, proteins)
    _say("profiles of one substitution, of all types of evidence", agree, wrong)
    reader = ProfileReader(vocabulary)
    for profile in single.values():
        try:
            reader.read(profile)
        except Rejected as why:
            print(f"    {profile} was refused on reading: {why.reason}")


def _say(what: str, agree: frozenset[Residue], wrong: frozenset[Residue]) -> None:
    print(f"  {what}: {len(agree)} of {len(agree) + len(wrong)} residues agree; not:")
    print("    " + ", ".join(f"{r.gene} {r.letter}{r.position}" for r in sorted(wrong)))


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
            where = f"{','.join(c.disease)} {c.condition} | {' + '.join(c.therapy)}"
            rule = f"{c.when} ({c.setting})" if c.setting else str(c.when)
            effect = str(c.effect) if study.positive else f"{c.effect} CONTRARY"
            yield f"    {rule} | {where} | {effect} | {study.kind}"
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
