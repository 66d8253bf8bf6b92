"""An exome patient, from files to an HTML report: the melanoma of the shared data."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.timing import ONKOS, SHARED, measure, row

PEER = 3.7  # seconds that the tool which ships this example takes on a machine of this size


def main() -> None:
    """Print the timing."""
    folder = SHARED / "patients" / "moalmanac_example" / "example_data"
    if not folder.is_dir():
        print(f"exome patient: no data in {SHARED.name}")
        return
    with tempfile.TemporaryDirectory() as out:
        case = write_case(Path(out), folder)
        command = [str(ONKOS), "report", str(case), "--output", str(Path(out) / "report.html")]
        timing = measure(command)
        empty = measure([sys.executable, "-c", "pass"])
        row("exome patient to HTML (budget)", timing, 1.5, "an empty Python", empty.best)
        row("exome patient to HTML (issue)", timing, 1.2, "moalmanac's own time", PEER)


def write_case(out: Path, folder: Path) -> Path:
    """A case file that ties the example's files together."""
    name = "example_patient.capture"
    rna = "example_patient.rna"
    files = [
        (f"{name}.somatic.snvs.maf", "maf", "somatic"),
        (f"{name}.somatic.indels.maf", "maf", "somatic"),
        (f"{name}.germline.maf", "maf", "germline"),
        (f"{name}.somatic.called.cna.txt", "copy-number", ""),
        (f"{name}.somatic.seg.annotated", "segments", ""),
        (f"{rna}.star.fusions.txt", "fusions", ""),
    ]
    lines = [
        'id = "melanoma-01"', 'disease = "melanoma"', "", "[[sample]]", 'id = "tumour"',
        'material = "tissue"', 'assay = "WES paired"', "files = [",
    ]  # fmt: skip
    for path, kind, origin in files:
        where = f', origin = "{origin}"' if origin else ""
        lines.append(f'  {{ path = "{folder / path}", kind = "{kind}"{where} }},')
    case = out / "case.toml"
    case.write_text("\n".join([*lines, "]", ""]), encoding="utf-8")
    return case


if __name__ == "__main__":
    main()
