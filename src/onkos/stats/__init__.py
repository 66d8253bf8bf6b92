"""Intervals, likelihoods, kinetics: numbers and arrays in, numbers and arrays out.

The modules that need numpy are imported where they are used, so that a match never loads it.
"""

from onkos.stats.kinetics import log10_rise, molecular_relapse

__all__ = ["log10_rise", "molecular_relapse"]
