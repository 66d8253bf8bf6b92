"""Copy the schema of the JSON dossier from the package to where it is published.

Run it after a change of ``src/onkos/report/schema.json``; a test fails until it was run.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

PUBLISHED = Path(__file__).with_name("dossier-1.json")


def schema() -> bytes:
    """The schema as the package ships it."""
    return files("onkos.report").joinpath("schema.json").read_bytes()


if __name__ == "__main__":
    PUBLISHED.write_bytes(schema())
    print(PUBLISHED.name)
