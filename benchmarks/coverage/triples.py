"""CIViC's predictive evidence of levels A and B, and CGI's approved rows, as triples.

A triple is a gene, the class of the drug, and a direction. It is represented where a built-in
claim of solid tumours (or of blood cancers, where those are asked for) names the gene (or the
measure that stands for it), a drug that is the same or shares a class, and the same direction.
Where a row combines drugs, a class of a drug
that is not classical chemotherapy must be shared, if there is one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks.coverage.explained import Explanation, explain
from benchmarks.coverage.words import (
    CGI,
    CIVIC,
    asked,
    classes,
    drugs,
    is_chemotherapy,
    rows,
    word,
    words,
)
from onkos.model import Claim, Drug, Effect, Knowledge
from onkos.model.diseases import DiseaseTree

BENEFIT, AGAINST = "benefit", "resistance"
DIRECTIONS = {
    ("Supports", "Sensitivity/Response"): BENEFIT,
    ("Supports", "Resistance"): AGAINST,
    ("Supports", "Reduced Sensitivity"): AGAINST,
    ("Does Not Support", "Sensitivity/Response"): AGAINST,
}
EFFECTS = {
    BENEFIT: {Effect.BENEFIT},
    AGAINST: {Effect.RESISTANCE, Effect.NO_BENEFIT, Effect.HARM},
}


def leading(drugs: tuple[Drug, ...]) -> tuple[Drug, ...]:
    """The drugs of a regimen that count: those beside chemotherapy, where there are any."""
    return tuple(d for d in drugs if not is_chemotherapy(d)) or drugs


@dataclass
class Triple:
    """One gene, drugs of one therapy, one direction, and the rows that say so."""

    gene: str
    drugs: tuple[Drug, ...]
    direction: str
    rows: list[str] = field(default_factory=list)
    diseases: set[str] = field(default_factory=set)
    therapies: set[str] = field(default_factory=set)

    @property
    def leading(self) -> tuple[Drug, ...]:
        """The drugs that count."""
        return leading(self.drugs)


def civic(
    knowledge: Knowledge, solid: bool, levels: str = "AB"
) -> tuple[list[Triple], Counter[str]]:
    """Triples of CIViC, and how many rows gave none, with the reason."""
    made: dict[tuple[str, frozenset[str], str], Triple] = {}
    left: Counter[str] = Counter()
    for row in rows(CIVIC):
        if row["evidence_level"] not in levels or row["evidence_type"] != "Predictive":
            continue
        if _is_blood(row["disease"], knowledge) is solid:
            continue
        direction = DIRECTIONS.get((row["evidence_direction"], row["significance"]))
        if direction is None:
            left[f"{row['significance']}, {row['evidence_direction'].lower()}: no direction"] += 1
            continue
        together = row["therapy_interaction_type"] == "Combination"
        for part in [row["therapies"]] if together else row["therapies"].split(","):
            found = drugs(part, ",", knowledge)
            if not found or None in found:
                left[f"no drug or class that is known: {part or 'none named'}"] += 1
                continue
            named = [d for d in found if d]
            for gene in _genes(row["molecular_profile"], named, knowledge):
                note = " ".join(
                    (f"EID{row['evidence_id']}", row["molecular_profile"][:40], part,
                     row["disease"], row["evidence_level"], f"PMID:{row['citation_id']}")
                )  # fmt: skip
                _add(made, gene, named, direction, note, row["disease"])
    return list(made.values()), left


def cgi(
    knowledge: Knowledge, solid: bool, guidelines_only: bool = True
) -> tuple[list[Triple], Counter[str]]:
    """Triples of CGI's rows under a guideline, or of all."""
    made: dict[tuple[str, frozenset[str], str], Triple] = {}
    left: Counter[str] = Counter()
    seen = set()
    for row in rows(CGI):
        key = (row["Biomarker"], row["Drug full name"], row["Primary Tumor type"])
        if key in seen or (guidelines_only and "guideline" not in row["Evidence level"]):
            continue
        seen.add(key)
        direction = {"Responsive": BENEFIT, "Resistant": AGAINST}.get(row["Association"])
        if _is_blood(row["Primary Tumor type"], knowledge) is solid or direction is None:
            continue
        text = row["Drug"].strip("[]")
        for part in re.split(r"[,;]", text):
            found = drugs(part, "+", knowledge)
            if not found or None in found:
                left[f"no drug or class that is known: {row['Drug full name']}"] += 1
                continue
            for gene in {word("same", g) for g in row["Gene"].split(";")}:
                disease = row["Primary Tumor type"]
                note = f"{row['Biomarker'][:40]} {part} {disease} {row['Source'][:30]}"
                _add(made, gene, [d for d in found if d], direction, note, disease)
    return list(made.values()), left


def _add(
    made: dict[tuple[str, frozenset[str], str], Triple],
    gene: str,
    found: list[Drug],
    direction: str,
    note: str,
    disease: str,
) -> None:
    leading = [d for d in found if not is_chemotherapy(d)] or found
    kinds = frozenset().union(*(classes(d) for d in leading))
    triple = made.setdefault((gene, kinds, direction), Triple(gene, tuple(found), direction))
    triple.rows.append(note)
    triple.diseases.add(disease)
    triple.therapies.add(", ".join(d.name for d in found))


def _genes(profile: str, found: Sequence[Drug], knowledge: Knowledge) -> set[str]:
    """Genes and measures of a CIViC profile; of a fusion, the one that the drug is against."""
    whole = words()["profile"].get(profile)
    if isinstance(whole, str):
        return {whole}
    targets = {target for drug in found for target in drug.targets}
    if profile.endswith(("Wildtype", "WILD TYPE", "Wild Type")) and " AND " not in profile:
        return {f"{word('same', profile.split()[0])} wild-type"}
    genes = set()
    for part in re.findall(r"[A-Za-z0-9:-]+", profile):
        symbols = [s for name in part.split("::") if (s := _symbol(name, knowledge))]
        aimed_at = [s for s in symbols if s in targets]
        genes |= {word("same", s) for s in (aimed_at or symbols[-1:])}
    return genes or {profile.split()[0]}


def _symbol(name: str, knowledge: Knowledge) -> str:
    vocabulary = knowledge.vocabulary
    symbol = vocabulary.symbol_by_name.get(name.upper(), name)
    return symbol if symbol in vocabulary.gene_by_symbol else ""


def _is_blood(disease: str, knowledge: Knowledge) -> bool:
    pattern = str(words()["pattern"]["blood"])
    return bool(re.search(pattern, disease, re.IGNORECASE))


def represented(triple: Triple, index: dict[str, list[Claim]], knowledge: Knowledge) -> str:
    """The id of a claim that says the same, or nothing.

    The drugs that lead are compared on both sides: a partner that many regimens share is not
    what the claim is about.
    """
    names = {d.name for d in triple.leading}
    wanted = frozenset().union(*(classes(d) for d in triple.leading))
    for claim in index.get(triple.gene, ()):
        if claim.effect not in EFFECTS[triple.direction]:
            continue
        mine = leading(tuple(knowledge.vocabulary.drug_by_inn[name] for name in claim.therapy))
        if names & {d.name for d in mine} or any(wanted & classes(d) for d in mine):
            return claim.id
    return ""


def by_subject(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """Claims by each gene and measure that they ask a change of, or are wild-type in.

    Wild-type stands as a subject of its own, ``"KRAS wild-type"``.
    """
    table: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        for name in asked(claim):
            table[name].append(claim)
    return table


def claims_of(knowledge: Knowledge, solid: bool) -> Iterator[Claim]:
    """Claims that hold in some solid tumour, or in some blood cancer."""
    tree: DiseaseTree = knowledge.vocabulary.tree
    group = "SOLID" if solid else "BLOOD"
    for claim in knowledge.claims:
        if any(code == group or tree.solid(code) is not (not solid) for code in claim.disease):
            yield claim


def report(
    name: str,
    triples: list[Triple],
    left: Counter[str],
    knowledge: Knowledge,
    known: tuple[Explanation, ...],
    verbose: bool,
    solid: bool = True,
) -> None:
    """Print how many triples are represented, and which are not."""
    index = by_subject(claims_of(knowledge, solid))
    in_use, found, missing = [], 0, []
    for triple in triples:
        why = _why(name, triple, known)
        if why and why.not_in_use:
            continue
        in_use.append(triple)
        if represented(triple, index, knowledge):
            found += 1
        else:
            missing.append((triple, why))
    told = sum(why is not None for _, why in missing)
    print(f"{name}: {len(triples)} triples, {len(in_use)} with a therapy in use")
    share = f"{found} ({found / len(in_use):.1%})"
    print(f"  represented {share}, explained {told}, open {len(missing) - told}")
    print(f"  rows that give no triple: {sum(left.values())}")
    if verbose:
        for reason, number in left.most_common():
            print(f"    {number:4} {reason}")
        for triple, why in sorted(missing, key=lambda m: (m[1] is not None, m[0].gene)):
            therapies = "; ".join(sorted(triple.therapies))
            reason = f"explained: {why.reason}" if why else "OPEN"
            print(f"  {triple.gene} | {therapies} | {triple.direction} | {reason}")
            for one in triple.rows[:4] if not why else []:
                print(f"      {one}")


def _why(source: str, triple: Triple, known: tuple[Explanation, ...]) -> Explanation | None:
    for therapy in triple.therapies:
        for disease in triple.diseases:
            about = {
                "source": source.casefold(), "therapy": therapy, "marker": triple.gene,
                "disease": disease, "direction": triple.direction,
            }  # fmt: skip
            found = explain(about, known)
            if found:
                return found
    return None
