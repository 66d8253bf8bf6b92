"""The regulators' list: is each approval in the built-in knowledge, and why not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from benchmarks.coverage.explained import Explanation, explain
from benchmarks.coverage.words import APPROVALS, drugs, rows, subjects, word, words
from onkos import annotate
from onkos.criteria import CaseView
from onkos.evidence import weigh
from onkos.model import Answer, Assay, Case, Claim, Effect, Knowledge, Sample, genes_of
from onkos.sources.patient import case_of_record

# What a row does not name was tested and not found, so that only its own markers decide.
EVERYTHING_TESTED = Assay(
    id="everything", name="everything", small_variants=("all",), copy_number=("all",),
    fusions=("all",), events=("all",), germline=True, paired_normal=True,
)  # fmt: skip
REGULATORS = {"fda": "FDA", "ema": "EMA"}
FOUND = ("found", "found, open")


@dataclass(frozen=True)
class Judged:
    """One row, what became of it, and the nearest that is there."""

    row: dict[str, str]
    outcome: str
    nearest: str = ""
    our_date: str = ""
    reason: str = ""

    @property
    def label(self) -> str:
        """The row in one line."""
        row = self.row
        return f"{row['regulator']} | {row['oncotree']} | {row['therapy']} | {row['biomarkers']}"


def judged(
    knowledge: Knowledge, known: tuple[Explanation, ...], solid: bool = True
) -> Iterator[Judged]:
    """Every FDA and EMA row of solid (or of blood) tumours."""
    for row in rows(APPROVALS):
        if row["regulator"] in REGULATORS and _is_solid(row, knowledge) is solid:
            yield _judge(row, knowledge, known)


def code(row: dict[str, str]) -> str:
    """The row's disease as OncoTree has it, or one below it."""
    return str(words()["disease"].get(row["oncotree"], row["oncotree"]))


def _is_solid(row: dict[str, str], knowledge: Knowledge) -> bool:
    return bool(knowledge.vocabulary.tree.solid(code(row)))


def _judge(row: dict[str, str], knowledge: Knowledge, known: tuple[Explanation, ...]) -> Judged:
    regimen = frozenset(d.name if d else "?" for d in drugs(row["therapy"], "+", knowledge))
    same = [
        c
        for c in knowledge.claims
        if frozenset(c.therapy) == regimen and c.effect is Effect.BENEFIT
    ]
    case = annotate.describe(_case(row, knowledge), knowledge)
    view = CaseView(case, knowledge.vocabulary)
    asked = _subjects_of(case)
    outcomes = [_stands(c, row, view, knowledge) for c in same if asked & subjects(c) or not asked]
    best = min(
        outcomes,
        key=lambda o: (ORDER.index(o[0]), o[2] != row["first_approval"], o[1]),
        default=("no such regimen", "", ""),
    )
    if best[0] == "found":
        return Judged(row, *best)
    about = {
        "source": "regulators", "therapy": row["therapy"], "marker": row["biomarkers"],
        "disease": row["oncotree"], "regulator": row["regulator"],
    }  # fmt: skip
    why = explain(about, known)
    if why:
        return Judged(row, "explained", best[0], reason=why.reason)
    return Judged(row, *best)


ORDER = (*FOUND, "withdrawn", "other marker", "other regulator", "other disease", "no such regimen")


def _stands(
    claim: Claim, row: dict[str, str], view: CaseView, knowledge: Knowledge
) -> tuple[str, str, str]:
    found = weigh(claim, view, knowledge)
    if found.disease is Answer.UNMET:
        return "other disease", claim.id, ""
    regulator = REGULATORS[row["regulator"]]
    mine = [a for a in claim.approvals if a.regulator == regulator]
    if not mine:
        return "other regulator", claim.id, ""
    if row["status"] == "Active" and not any(a.stands for a in mine):
        return "withdrawn", claim.id, ""
    if found.biomarker.answer is Answer.UNMET:
        return "other marker", claim.id, ""
    days = [str(a.on) for a in mine if a.on]
    day = row["first_approval"] if row["first_approval"] in days else (days or [""])[0]
    return "found" if found.biomarker.answer is Answer.MET else "found, open", claim.id, day


def _case(row: dict[str, str], knowledge: Knowledge) -> Case:
    texts = [text for marker in row["biomarkers"].split(" & ") for text in _plain(marker)]
    record = {"id": "row", "disease": code(row), "alterations": texts}
    sample = Sample(assay=EVERYTHING_TESTED)
    return msgspec.structs.replace(case_of_record(record, knowledge), samples=(sample,))


def _subjects_of(case: Case) -> frozenset[str]:
    """Genes and measures of a row, those that stand for one another as one."""
    genes = {gene for change in case.alterations for gene in genes_of(change)}
    return frozenset(word("same", n) for n in genes | {m.name for m in case.measurements})


def _plain(marker: str) -> list[str]:
    """A marker of the list as a laboratory would write it."""
    kept = words()["marker"].get(marker)
    if isinstance(kept, list):
        return kept
    if marker.startswith("Wild type "):
        return [f"{marker.removeprefix('Wild type ')} wild type"]
    text = re.sub(r" (oncogenic|pathogenic) variants$", " loss of function", marker)
    return [re.sub(r"^CD(\d+) \+$", r"CD\1 positive", text.replace(" p.", " "))]


def report(
    knowledge: Knowledge, known: tuple[Explanation, ...], verbose: bool, solid: bool
) -> None:
    """Print the count of each outcome, by disease, and what is not found."""
    found = list(judged(knowledge, known, solid))
    print(f"Approvals of FDA and EMA, {'solid tumours' if solid else 'blood'}: {len(found)} rows")
    counts = Counter(one.outcome for one in found)
    for name, number in counts.most_common():
        print(f"  {name:20}{number:5}  {number / len(found):6.1%}")
    for key in ("oncotree", "therapy"):
        open_ = Counter(one.row[key] for one in found if one.outcome not in (*FOUND, "explained"))
        print(
            f"  not found, by {key}: "
            + (", ".join(f"{k} {n}" for k, n in open_.most_common()) or "none")
        )
    dated = [one for one in found if one.our_date and one.row["first_approval"]]
    agree = sum(one.our_date == one.row["first_approval"] for one in dated)
    print(f"  days that agree with the list's: {agree} of {len(dated)}")
    if verbose:
        for one in sorted(found, key=lambda o: (o.outcome, o.label)):
            if one.outcome not in FOUND:
                print(f"  {one.outcome:16} {one.label}  nearest: {one.nearest} {one.reason}")
