"""Free text of eligibility as criteria: a grammar over the words of a vocabulary, no guess."""

from onkos.sources.knowledge.trials.freetext.extract import extract

__all__ = ["extract"]
