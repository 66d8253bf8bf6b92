"""Points and class of the oncogenicity rules coded a second time, from section 1.1 alone.

Nothing of onkos is imported here: two codings of one text are worth comparing only while neither
has seen the other. Sentences of the section stand beside the lines that follow them.
"""

from __future__ import annotations

MISSENSE_SAME_RESIDUE, HOTSPOT_MODERATE = "MISSENSE_SAME_RESIDUE", "HOTSPOT_MODERATE"

# The column "Pts", in the order of the table: whatever blocks a row stands above it.
POINTS = {
    "OVS1": 8,
    "OS1": 4,
    "OS2": 4,
    "OS3": 4,
    "OM1": 2,
    "OM2": 2,
    MISSENSE_SAME_RESIDUE: 2,
    HOTSPOT_MODERATE: 2,
    "OP1": 1,
    "OP2": 1,
    "OP3": 1,
    "OP4": 1,
    "SBVS1": -8,
    "SBS1": -4,
    "SBS2": -4,
    "SBP1": -1,
    "SBP2": -1,
}

# "not if ... applied", with OM3 and OM4 in the journal's sense, which example 5 confirms.
NOT_IF = {
    "OS3": ("OS1",),
    "OM1": ("OS1", "OS3"),
    "OM2": ("OVS1",),
    MISSENSE_SAME_RESIDUE: ("OS1", "OS3", "OM1"),
    HOTSPOT_MODERATE: ("OM1", MISSENSE_SAME_RESIDUE),
    "OP3": ("OM1", MISSENSE_SAME_RESIDUE),
    "SBS1": ("SBVS1",),
}

# "the PMC manuscript calls hotspot < 50 OM3 ...; journal-style calls different missense OM3".
LABELS = {
    "journal": {"OM3": MISSENSE_SAME_RESIDUE, "OM4": HOTSPOT_MODERATE},
    "manuscript": {"OM3": HOTSPOT_MODERATE, "OM4": MISSENSE_SAME_RESIDUE},
}


def keys(labels: str, source: str = "journal") -> set[str]:
    """Keys of labels written with commas, in the sense of the journal or the manuscript."""
    found = {LABELS[source].get(label, label) for label in labels.split(",") if label}
    if not found <= POINTS.keys():
        raise ValueError(f"no such criterion: {sorted(found - POINTS.keys())}")
    return found


def applied(met: set[str]) -> set[str]:
    """What is left after the exclusions; a criterion that is itself blocked blocks nothing."""
    left: set[str] = set()
    for key in POINTS:
        if key in met and not left.intersection(NOT_IF.get(key, ())):
            left.add(key)
    return left


def total(met: set[str], strict: bool = True) -> int:
    """Sum of the points; without ``strict`` nothing excludes anything."""
    return sum(POINTS[key] for key in (applied(met) if strict else met))


def class_of(points: int) -> str:
    """As told: ">=10 Oncogenic | 6..9 Likely Oncogenic | 0..5 VUS | -1..-6 LB | <=-7 Benign"."""
    if points >= 10:
        return "Oncogenic"
    if points >= 6:
        return "Likely Oncogenic"
    if points >= 0:
        return "VUS"
    return "Likely Benign" if points >= -6 else "Benign"
