"""Remakes the table of known genomic changes from the shared data, each change cross-checked."""
