"""Made-up files in the shape of CIViC's table of evidence."""

from pathlib import Path

COLUMNS = (
    "molecular_profile", "disease", "doid", "phenotypes", "therapies", "therapy_interaction_type",
    "evidence_type", "evidence_direction", "evidence_level", "significance", "citation_id",
    "source_type", "citation", "nct_ids", "rating", "evidence_status", "evidence_id",
    "variant_origin",
)  # fmt: skip
SENSITIVE, RESISTANT = "Sensitivity/Response", "Resistance"


def row(number, profile, therapy, significance=SENSITIVE, level="B", disease=None, **said):
    """One row; lung cancer where no disease is named."""
    name, doid = disease or ("Lung Non-small Cell Carcinoma", "3908")
    told = {
        "molecular_profile": profile, "disease": name, "doid": doid, "therapies": therapy,
        "evidence_type": "Predictive", "evidence_direction": "Supports", "evidence_level": level,
        "significance": significance, "citation_id": str(20_000_000 + number),
        "source_type": "PubMed", "citation": f"Somebody et al., {2000 + number}", "rating": "3",
        "evidence_status": "accepted", "evidence_id": str(number), "variant_origin": "Somatic",
    }  # fmt: skip
    return told | said


def write(path: Path, *rows: dict[str, str]) -> Path:
    """A table of these rows."""
    lines = ["\t".join(COLUMNS)]
    lines += ["\t".join(one.get(name, "") for name in COLUMNS) for one in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


OLD = (
    row(1, "EGFR L858R", "Osimertinib", level="B"),
    row(2, "EGFR L858R", "Gefitinib", level="A"),
    row(3, "KRAS G12C", "Sotorasib", level="C"),
    row(4, "BRAF V600E", "Vemurafenib", level="C"),
)
NEW = (
    row(1, "EGFR L858R", "Osimertinib", level="A"),
    row(2, "EGFR L858R", "Gefitinib", level="A", citation="Somebody else et al., 2002"),
    row(3, "KRAS G12C", "Sotorasib", level="C"),
    row(5, "EGFR L858R", "Osimertinib", RESISTANT, level="B"),
    row(6, "KRAS G12C", "Erlotinib", RESISTANT, level="B"),
)
