"""Timings of the budgets in the design, each beside a named peer on the same input."""
