"""Genomes and their transcripts, added once by the user and read where they lie."""

from onkos.sources.reference.store import (
    Added,
    add_reference,
    open_reference,
    references,
    store_path,
)

__all__ = ["Added", "add_reference", "open_reference", "references", "store_path"]
