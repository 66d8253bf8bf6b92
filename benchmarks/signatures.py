"""Signatures of 1,000 synthetic spectra whose exposures are known, beside SigProfilerAssignment.

``ONKOS_SPA_PYTHON=.../bin/python python -m benchmarks.signatures``: the interpreter of an
environment that has SigProfilerAssignment; without it only our own figures are printed.
"""

from __future__ import annotations

import csv
import os
import subprocess
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

from benchmarks.timing import SHARED
from onkos.biomarkers.signatures import places
from onkos.model import SignatureCatalogue, Spectrum
from onkos.refit import cosine, refit, round_conserving
from onkos.sources import knowledge
from onkos.sources.knowledge.catalogue import read_catalogue
from onkos.sources.patient.spectra import read_spectra

FOLDER = SHARED / "patients" / "sig_sigprofiler"
SCENARIO = FOLDER / "Input_scenario_8"
COSMIC = FOLDER / "COSMIC_v3.4_SBS_GRCh37.txt"
OTHER = "ONKOS_SPA_PYTHON"
CALL = """
import sys
from SigProfilerAssignment import Analyzer
if __name__ == "__main__":
    samples, database, out = sys.argv[1:]
    Analyzer.cosmic_fit(samples, out, signature_database=database, make_plots=False,
                        input_type="matrix", context_type="96", export_probabilities=False)
"""
Exposures = dict[str, dict[str, float]]


def truth() -> Exposures:
    """Mutations by sample and signature, as the spectra were made."""
    with (SCENARIO / "ground.truth.syn.exposures.csv").open(encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    return {
        sample: {row[0]: float(row[at]) for row in rows}
        for at, sample in enumerate(header)
        if sample
    }


def ours(spectra: dict[str, Spectrum], catalogue: SignatureCatalogue) -> Exposures:
    """Whole mutations by sample and signature, selected and fitted by onkos."""
    rules = knowledge.builtin().biomarkers.signatures
    assert rules is not None
    names = tuple(catalogue.signatures)
    matrix = np.array([catalogue.signatures[name] for name in names]).T
    background, connected = places(names, catalogue.kind, rules)
    found = {}
    for sample, spectrum in spectra.items():
        counts = np.array([spectrum.counts[channel] for channel in catalogue.channels])
        fitted = round_conserving(refit(counts, matrix, background, connected).exposures)
        found[sample] = dict(zip(names, fitted.tolist(), strict=True))
    return found


def theirs(catalogue: SignatureCatalogue, python: str) -> Exposures:
    """The same by SigProfilerAssignment, which takes rows of both files in one order."""
    with tempfile.TemporaryDirectory() as folder:
        database, out = Path(folder) / "signatures.txt", Path(folder) / "out"
        script = Path(folder) / "call.py"
        script.write_text(CALL, encoding="utf-8")
        names = list(catalogue.signatures)
        lines = ["\t".join(("Type", *names))]
        order = list(next(iter(read_spectra(SCENARIO / "Samples.txt").values())).counts)
        for channel in order:
            at = catalogue.channels.index(channel)
            values = (repr(catalogue.signatures[name][at]) for name in names)
            lines.append("\t".join((channel, *values)))
        database.write_text("\n".join(lines) + "\n", encoding="utf-8")
        command = [python, str(script), str(SCENARIO / "Samples.txt"), str(database), str(out)]
        subprocess.run(command, check=True, capture_output=True, cwd=folder)
        (table,) = out.rglob("*Activities.txt")
        header, *rows = (line.split("\t") for line in table.read_text().splitlines())
    return {row[0]: dict(zip(header[1:], map(float, row[1:]), strict=True)) for row in rows}


def figures(
    found: Exposures, spectra: dict[str, Spectrum], catalogue: SignatureCatalogue
) -> tuple[float, float]:
    """Mean cosine of reconstruction and of exposures; parts of one signature are summed."""
    names = tuple(catalogue.signatures)
    matrix = np.array([catalogue.signatures[name] for name in names]).T
    known, rebuilt, alike = truth(), [], []
    for sample, spectrum in spectra.items():
        exposures = np.array([found[sample].get(name, 0.0) for name in names])
        counts = np.array([spectrum.counts[channel] for channel in catalogue.channels])
        rebuilt.append(cosine(counts, matrix @ exposures))
        true = known[sample]
        summed: defaultdict[str, float] = defaultdict(float)
        for name, value in zip(names, exposures, strict=True):
            whole = name.rstrip("abcd")
            summed[whole if whole in true else name] += float(value)
        everything = sorted({*true, *summed})
        alike.append(
            cosine(
                np.array([true.get(name, 0.0) for name in everything]),
                np.array([summed[name] for name in everything]),
            )
        )
    return float(np.mean(rebuilt)), float(np.mean(alike))


def main() -> None:
    """Print both means for both catalogues, ours beside theirs."""
    if not SCENARIO.is_dir():
        print("signatures: no data")
        return
    spectra = read_spectra(SCENARIO / "Samples.txt", "genome")
    python = os.environ.get(OTHER, "")
    if not python:
        print(f"SigProfilerAssignment is not there: set {OTHER} to the interpreter that has it")
    catalogues = (
        read_catalogue(SCENARIO / "ground.truth.syn.sigs.csv", "the file's own signatures"),
        read_catalogue(COSMIC, "COSMIC v3.4"),
    )
    for catalogue in catalogues:
        print(f"{catalogue.name}: {len(spectra)} spectra, {len(catalogue.signatures)} signatures")
        programs = [("onkos", lambda c: ours(spectra, c))]
        if python:
            programs.append(("SigProfilerAssignment", lambda c: theirs(c, python)))
        means = {}
        for name, program in programs:
            start = time.perf_counter()
            found = program(catalogue)
            seconds = time.perf_counter() - start
            means[name] = figures(found, spectra, catalogue)
            rebuilt, alike = means[name]
            print(
                f"  {name:22} mean cosine of spectra {rebuilt:.6f}, of exposures {alike:.6f};"
                f" {seconds:.0f} s"
            )
        if python:
            mine, other = means["onkos"], means["SigProfilerAssignment"]
            below = any(round(a, 5) < round(b, 5) for a, b in zip(mine, other, strict=True))
            print(f"  {'BELOW' if below else 'not below'} it, to five digits")


if __name__ == "__main__":
    main()
