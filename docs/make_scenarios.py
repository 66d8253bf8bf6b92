"""Write docs/scenarios.md from the scenarios that the tests run.

``python docs/make_scenarios.py``
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent
SCENARIOS = DOCS.parent / "tests" / "scenarios"

HEAD = """# Scenarios: cases and the plan that each must get

Written from the sources named under each case, before the engine was asked, and run as tests
(`tests/scenarios`). A plan may hold more than what is listed; what is listed it must hold. Unless a
case says otherwise, the approvals of FDA and EMA decide what is on label here. The cases are made
up; they are of no patient. For research use only.

This page is made by `docs/make_scenarios.py`; change the cases, not the page.
"""


def page() -> str:
    """The whole chapter."""
    chapters = [tomllib.loads(f.read_text("utf-8")) for f in sorted(SCENARIOS.glob("*.toml"))]
    count = sum(len(chapter["scenario"]) for chapter in chapters)
    parts = [HEAD, f"{count} cases.\n"]
    for chapter in chapters:
        parts.append(f"## {chapter['title']}\n")
        parts += [_section(scenario) for scenario in chapter["scenario"]]
    return "\n".join(parts)


def _section(scenario: dict[str, Any]) -> str:
    lines = [f"### {scenario['name']}\n", *_patient(scenario), "", "The plan:", ""]
    lines += [f"- {demand}" for demand in demands(scenario["expect"])]
    if why := scenario.get("why"):
        lines += ["", f"Why: {why}"]
    lines += ["", f"Sources: {', '.join(_link(s) for s in scenario['source'])}.", ""]
    return "\n".join(lines)


def _patient(scenario: dict[str, Any]) -> Iterator[str]:
    case = scenario["case"]
    yield f"- Patient: {'; '.join(_course(case))}"
    found = case.get("alterations")
    yield f"- Found: {_list(found) if found else 'nothing' if found == [] else 'nothing given'}"
    if measured := case.get("measurements"):
        yield f"- Measured: {_list(measured)}"
    yield f"- Given before: {_before(case.get('prior'))}"
    yield f"- Tested by: {_tested(case)}"
    if regulators := scenario.get("regulators"):
        yield f"- Approvals that count: {_list(regulators)}"


def _course(case: dict[str, Any]) -> Iterator[str]:
    yield case["disease"]
    if "age" in case:
        yield f"{case['age']} years"
    if "sex" in case:
        yield case["sex"]
    if "stage" in case:
        yield f"stage {case['stage']}"
    if "settings" in case:
        yield ", ".join(case["settings"])
    if "line" in case:
        yield f"line {case['line']} to be chosen"


def _before(prior: list[str] | None) -> str:
    if prior is None:
        return "not said"
    return _list(prior, "; ") if prior else "nothing"


def _tested(case: dict[str, Any]) -> str:
    assay = case.get("assay", "no assay given")
    names = assay if isinstance(assay, str) else ", ".join(assay)
    details = [case[key] for key in ("material",) if key in case]
    if "tumour_fraction" in case:
        details.append(f"tumour fraction {case['tumour_fraction']:.1%}")
    if "purity" in case:
        details.append(f"tumour content {case['purity']:.0%}")
    return f"{names} ({', '.join(details)})" if details else names


def demands(expect: dict[str, Any]) -> Iterator[str]:
    """What the plan must hold, in sentences."""
    yield from _of_options(expect)
    yield from _of_avoided(expect)
    for name, text in expect.get("caution", {}).items():
        yield f"beside {name} stands a caution that holds “{text}”"
    for name, text in expect.get("no_caution", {}).items():
        yield f"beside {name} stands no caution that holds “{text}”"
    for name, text in expect.get("reason", {}).items():
        yield f"the reasons for the place of {name} hold “{text}”"
    for name, text in expect.get("no_reason", {}).items():
        yield f"the reasons for the place of {name} do not hold “{text}”"
    yield from _of_tests(expect)
    yield from _of_the_rest(expect)


def _of_options(expect: dict[str, Any]) -> Iterator[str]:
    if expect.get("no_options"):
        yield "no option"
    if first := expect.get("first"):
        yield f"option 1: **{first}**"
    for wanted in expect.get("option", []):
        yield f"offered: {_wanted(wanted)}"
    if names := expect.get("options"):
        yield f"offered: {_list(names)}"
    for better, worse in expect.get("before", []):
        yield f"{better} ranks before {worse}"
    if names := expect.get("not_options"):
        yield f"not offered: {_list(names)}"
    if names := expect.get("no_option_with"):
        yield f"in no option: {_list(names)}"


def _of_avoided(expect: dict[str, Any]) -> Iterator[str]:
    for wanted in expect.get("avoided", []):
        yield f"to avoid: {_wanted(wanted)}"
    if names := expect.get("avoid"):
        yield f"to avoid: {_list(names)}"
    if names := expect.get("not_avoid"):
        yield f"not to be avoided: {_list(names)}"


def _of_tests(expect: dict[str, Any]) -> Iterator[str]:
    if texts := expect.get("test_next"):
        yield f"to test next: {_list(texts)}"
    if texts := expect.get("not_test_next"):
        yield f"not to be tested next: {_list(texts)}"
    if names := expect.get("opens"):
        yield f"which could open: {_list(names)}"


def _of_the_rest(expect: dict[str, Any]) -> Iterator[str]:
    for part in ("prognosis", "diagnosis", "predisposition", "contrary"):
        name = "contrary evidence" if part == "contrary" else part
        if texts := expect.get(part):
            yield f"under {name}: {_list(texts)}"
    for part in expect.get("none", []):
        yield f"nothing under {part}"
    for text in expect.get("statements", []):
        yield f"the page says “{text}”"


_ANSWERS = {
    "met": "its setting met",
    "unknown": "its setting not known",
    "unmet": "its setting not met",
}


def _wanted(wanted: dict[str, Any]) -> str:
    said = []
    if "approved_here" in wanted:
        said.append("approved here" if wanted["approved_here"] else "not approved here")
    if "setting" in wanted:
        said.append(_ANSWERS[wanted["setting"]])
    for key, scale in (("amp", "AMP"), ("escat", "ESCAT"), ("oncokb", "OncoKB-style")):
        if key in wanted:
            said.append(f"{scale} {wanted[key] or 'none'}")
    return f"{wanted['therapy']} ({', '.join(said)})" if said else wanted["therapy"]


def _list(items: list[str], between: str = ", ") -> str:
    return between.join(items)


def _link(source: str) -> str:
    address = {
        "PMID:": "https://pubmed.ncbi.nlm.nih.gov/",
        "PMC": "https://pmc.ncbi.nlm.nih.gov/articles/PMC",
        "NCT": "https://clinicaltrials.gov/study/NCT",
        "doi:": "https://doi.org/",
    }
    for prefix, start in address.items():
        if source.startswith(prefix):
            return f"[{source}]({start}{source.removeprefix(prefix)})"
    return f"<{source}>" if source.startswith("https:") else f"{source} (approval)"


if __name__ == "__main__":
    (DOCS / "scenarios.md").write_text(page(), encoding="utf-8")
    print(f"wrote {DOCS / 'scenarios.md'}")
