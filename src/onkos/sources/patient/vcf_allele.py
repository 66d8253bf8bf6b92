"""The alleles of a VCF as they are compared: without the bases that they share."""

from __future__ import annotations


def trimmed(position: int, reference: str, alternate: str) -> tuple[int, str, str]:
    """An allele without the bases that it shares with the reference, but for one.

    Substitutions of several bases stay whole. To shift an insertion or deletion to the left
    takes the reference sequence.

    >>> trimmed(100, "ACTT", "ACT")
    (101, 'CT', 'C')
    >>> trimmed(100, "ACG", "ATG")
    (101, 'C', 'T')
    >>> trimmed(100, "CC", "TT")
    (100, 'CC', 'TT')
    """
    while len(reference) > 1 and len(alternate) > 1 and reference[-1] == alternate[-1]:
        reference, alternate = reference[:-1], alternate[:-1]
    first = 0
    while first < min(len(reference), len(alternate)) - 1 and reference[first] == alternate[first]:
        first += 1
    return position + first, reference[first:], alternate[first:]
