"""Fuzzes the reader of VCFs with atheris, guided by what of the reader runs: ``make fuzz``.

Starts from the miniatures of `tests/sources/vcf_miniatures.py`. What is read must be refused by
name or accounted for; anything else stops the run and is written to a file ``crash-...``.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["onkos.sources.patient"]):
    from onkos.sources.patient.vcf import read_vcf  # noqa: F401

from onkos.sources import knowledge
from tests.sources.test_vcf_never_breaks import FILES, check
from tests.sources.vcf_miniatures import vcf


def main() -> None:
    """Run until the limits that libFuzzer's options set."""
    vocabulary = knowledge.builtin().vocabulary
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for number, text in enumerate(FILES.values()):
            (corpus / str(number)).write_text(vcf(text), encoding="utf-8")
        path = Path(folder) / "calls.vcf"

        def one(content: bytes) -> None:
            check(path, vocabulary, content)

        atheris.Setup([*sys.argv, str(corpus)], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
