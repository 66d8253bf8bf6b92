"""Public knowledge, each source pinned by date, licence and hash."""

from onkos.sources.knowledge.builtin import builtin
from onkos.sources.knowledge.lint import lint

__all__ = ["builtin", "lint"]
