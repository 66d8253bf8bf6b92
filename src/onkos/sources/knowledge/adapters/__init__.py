"""Readers of other knowledge bases: bytes in, claims out, and what was not understood."""
