"""Risk groups, classes of disease and scores, each clause reported."""

from onkos.risk.classify import classify

__all__ = ["classify"]
