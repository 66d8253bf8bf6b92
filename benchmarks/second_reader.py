"""A blind second reading of claims from their sources alone.

``python -m benchmarks.second_reader draw --key KEY`` prints one claim in five, drawn at random, as
JSON lines: a number and its sources, nothing else; which claim each number is goes to KEY. A
second reader writes for each number what the sources say: ``drug``, ``marker``, ``disease``
(OncoTree), ``setting``, ``direction`` (an effect). ``python -m benchmarks.second_reader compare
--key KEY FILE...`` holds that against the claims. ``--but-not KEY`` draws among what is new since.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from pathlib import Path
from typing import Any

from benchmarks.coverage.triples import claims_of
from benchmarks.coverage.words import subjects, word
from onkos.errors import OnkosError
from onkos.model import Claim, Guideline, Knowledge, entry_of, regimen_name
from onkos.report.links import Fact, identifiers
from onkos.sources.knowledge import builtin

SEED = 20261121
CODED = ("drug", "marker", "disease", "setting", "direction")
FIELDS = ("drug", "gene", "disease", "direction")


def written(knowledge: Knowledge, solid: bool) -> dict[str, Claim]:
    """Claims of solid tumours, or of blood cancers alone, one of each entry as written."""
    kept = {claim.id for claim in claims_of(knowledge, True)}
    found = (c for c in claims_of(knowledge, solid) if solid or c.id not in kept)
    return {entry_of(claim.id): claim for claim in found}


def drawn(ids: list[str], seed: int, share: float) -> list[str]:
    """Some of these, drawn at random."""
    return random.Random(seed).sample(sorted(ids), round(share * len(ids)))


def _compared(mine: Claim, theirs: dict[str, Any], knowledge: Knowledge) -> dict[str, bool]:
    words = knowledge.vocabulary
    text = str(theirs.get("drug") or "")
    try:
        drugs = (
            [frozenset(words.therapy(one)) for one in text.split(" or ")] if text else [frozenset()]
        )
    except OnkosError:
        drugs = []
    named = str(theirs.get("marker") or "")
    known = {word("same", s) for s in words.gene_by_symbol if s in named.replace("::", " ").split()}
    known |= {
        word("same", measure.name)
        for measure in words.measures
        if re.search(rf"(?<!\w){re.escape(measure.name)}(?!\w)", named)
    }
    return {
        "drug": frozenset(mine.therapy) in drugs,
        "gene": bool(known & subjects(mine)),
        "disease": _related(mine, str(theirs.get("disease") or ""), knowledge),
        "direction": str(theirs.get("direction")) == str(mine.effect),
    }


def _related(mine: Claim, code: str, knowledge: Knowledge) -> bool:
    tree = knowledge.vocabulary.tree
    for one in code.replace(",", " ").split():
        for own in mine.disease:
            if one == own or own in tree.ancestors(one) or one in tree.ancestors(own):
                return True
            if one in tree.groups or own in tree.groups:
                return one == own or own == "SOLID"
    return False


def _in_one_line(claim: Claim) -> str:
    parts = (regimen_name(claim.therapy), claim.when, ",".join(claim.disease), claim.setting)
    return " | ".join(str(part) for part in (*parts, claim.effect))


def main() -> None:
    """Draw, or compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["draw", "compare"])
    parser.add_argument("file", nargs="*", type=Path)
    parser.add_argument("--key", type=Path, required=True)
    parser.add_argument("--but-not", type=Path, help="key of an earlier draw, with what was there")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--blood", action="store_true", help="claims of blood cancers")
    parser.add_argument("--share", type=float, default=0.2)
    given = parser.parse_args()
    claims = written(builtin(), not given.blood)
    if given.what == "draw":
        _draw(claims, given)
    else:
        _compare(claims, given.key, given.file)


def _draw(claims: dict[str, Claim], given: argparse.Namespace) -> None:
    earlier = json.loads(given.but_not.read_text())["of"] if given.but_not else []
    ids = sorted(set(claims) - set(earlier))
    chosen = drawn(ids, given.seed, given.share)
    given.key.write_text(json.dumps({"drawn": chosen, "of": sorted(claims)}, indent=0))
    for number, one in enumerate(chosen):
        sources = [_named(fact, i) for fact in claims[one].facts for i in identifiers(fact)]
        print(json.dumps({"number": number, "sources": list(dict.fromkeys(sources))}))


def _named(fact: Fact, identifier: str) -> str:
    """An identifier; of a guideline, which has many chapters, with its title."""
    title = fact.title if isinstance(fact, Guideline) else ""
    return f"{identifier}: {title}" if title else identifier


def _compare(claims: dict[str, Claim], key: Path, files: list[Path]) -> None:
    knowledge = builtin()
    ids = json.loads(key.read_text())["drawn"]
    lines = [line for path in files for line in path.read_text().splitlines() if line.strip()]
    read = {row["number"]: row for row in map(json.loads, lines)}
    agreed = dict.fromkeys(FIELDS, 0)
    gone = [n for n in read if ids[n] not in claims]
    told = [n for n in sorted(read) if n not in gone and not read[n].get("cannot_tell")]
    for number in told:
        verdicts = _compared(claims[ids[number]], read[number], knowledge)
        for name, same in verdicts.items():
            agreed[name] += same
        if not all(verdicts.values()):
            differs = ", ".join(name for name, same in verdicts.items() if not same)
            print(f"{number} {claims[ids[number]].id}: differs in {differs}")
            print(f"   ours:   {_in_one_line(claims[ids[number]])}")
            print(f"   theirs: {' | '.join(str(read[number].get(key)) for key in CODED)}")
    silent = len(read) - len(told) - len(gone)
    print(f"{len(read)} of {len(ids)} read; {silent} could not be told, {len(gone)} are gone")
    for name, number in agreed.items():
        print(f"  {name}: {number} of {len(told)} agree")


if __name__ == "__main__":
    main()
