"""Say of each change whether it drives cancer, and by which rule."""

from onkos.annotate.describe import describe

__all__ = ["describe"]
