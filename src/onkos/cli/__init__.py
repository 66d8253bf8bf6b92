"""The command line: thin shells, one file for each group of commands."""

from onkos.cli.entry import main

__all__ = ["main"]
