"""Onkos: from what is known of a tumour to a ranked, cited, explained plan."""

__version__ = "0.1.0"
