"""GA4GH VRS 2 identifiers of small changes, computed from the change itself.

References
----------
VRS 2.0, computed identifiers and fully-justified normalisation, https://vrs.ga4gh.org/en/2.0/.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping

import msgspec

from onkos.annotate.edit import Edit, forms, trimmed
from onkos.model.reference import Reference

_DIGEST_BYTES = 24
_JSON = msgspec.json.Encoder(order="sorted")
State = Mapping[str, int | str]


def sha512t24u(data: bytes) -> str:
    """The truncated digest that GA4GH identifiers are made of.

    >>> sha512t24u(b"ACGT")
    'aKF498dAxcJAqme6QYQ7EZ07-fiw8Kw2'
    """
    return base64.urlsafe_b64encode(hashlib.sha512(data).digest()[:_DIGEST_BYTES]).decode()


def allele_id(refget: str, start: int, end: int, state: State) -> str:
    """Identifier of an allele already normalised.

    Parameters
    ----------
    refget : str
        Accession of the whole sequence: ``"SQ."`` and its digest.
    start, end : int
        Between bases, from 0: what is replaced.
    state : mapping
        A literal sequence or a reference length, as VRS writes it.
    """
    sequence = {"refgetAccession": refget, "type": "SequenceReference"}
    location = {
        "end": end,
        "sequenceReference": sequence,
        "start": start,
        "type": "SequenceLocation",
    }
    where = sha512t24u(_JSON.encode(location))
    allele = {"location": where, "state": dict(state), "type": "Allele"}
    return f"ga4gh:VA.{sha512t24u(_JSON.encode(allele))}"


def vrs_id(
    genome: Reference, refget: str, chromosome: str, position: int, reference: str, alternate: str
) -> str:
    """Identifier of a record, whatever form it was written in.

    Parameters
    ----------
    refget : str
        Accession of the whole chromosome, of which `genome` gives the bases.
    """
    start, end, state = justified(trimmed(chromosome, position, reference, alternate), genome)
    return allele_id(refget, start, end, state)


def justified(edit: Edit, genome: Reference) -> tuple[int, int, State]:
    """The edit over the whole stretch in which it may lie: start and end from 0, and state."""
    if not edit.moves:
        return edit.start - 1, edit.end, _literal(edit.bases)
    ways = forms(edit, genome)
    first, start, end = ways[0], ways[0].start - 1, ways[-1].end
    before = genome.sequence(edit.chromosome, start + 1, end)
    after = first.bases + genome.sequence(edit.chromosome, first.end + 1, end)
    if not before:
        return start, end, _literal(after)
    if edit.removed:
        return start, end, _reference_length(len(after), len(edit.removed))
    unit = _repeated(before, after, len(edit.bases))
    return start, end, _reference_length(len(after), unit) if unit else _literal(after)


def _repeated(before: str, after: str, size: int) -> int:
    """The largest unit whose repetition takes the stretch to its new length; 0 where none does."""
    for unit in range(min(size, len(before)), 0, -1):
        if size % unit == 0 and all(
            after[at] == after[at - unit] for at in range(len(before), len(after))
        ):
            return unit
    return 0


def _literal(bases: str) -> State:
    return {"sequence": bases, "type": "LiteralSequenceExpression"}


def _reference_length(length: int, unit: int) -> State:
    kind = "ReferenceLengthExpression"
    return {"length": length, "repeatSubunitLength": unit, "type": kind}
