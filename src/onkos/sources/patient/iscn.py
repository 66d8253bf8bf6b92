"""Karyotypes in ISCN read by a grammar; what cannot be read is named, not dropped."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from onkos.model.karyotype import Abnormality, Karyogram
from onkos.sources.patient.in_situ import is_in_situ
from onkos.sources.patient.iscn_clones import Lineage
from onkos.sources.patient.iscn_text import (
    begins_karyotype,
    end_of_karyotype,
    pieces,
    squeezed,
    with_commas,
)
from onkos.sources.patient.iscn_tree import CELLS, parsed
from onkos.sources.patient.statement import NotUnderstood

LONGEST = 3000


def karyogram(text: str, variants: Iterable[str] = ()) -> Karyogram:
    """A karyotype string as clones and abnormalities.

    Parameters
    ----------
    text : str
        ISCN, with cell counts or without; ``.ish`` and what follows is read by `in_situ`.
    variants : iterable of str
        Normal variants of the population, such as ``"inv(9)(p11q13)"``, taken as constitutional.

    Raises
    ------
    NotUnderstood
        Where it does not begin as a karyotype does, or is too long to be one.

    Examples
    --------
    >>> read = karyogram("45,XY,inv(3)(q21q26),-7[15]/46,XY[5]")
    >>> [a.text for a in read.clones[0].abnormalities], read.metaphases
    (['inv(3)(q21q26)', '-7'], 20)
    """
    written = squeezed(text)
    if len(written) > LONGEST:
        raise NotUnderstood("too long for a karyotype", "give its changes one by one")
    end = end_of_karyotype(text)
    plain = with_commas(squeezed(text[:end]).strip(".,;/:"))
    if not begins_karyotype(plain):
        raise NotUnderstood("a karyotype that was not understood", "give its changes in words")
    if written.startswith("//"):
        raise NotUnderstood("cells of the donor alone", "they say nothing of the patient's own")
    rest = "" if is_in_situ(text[end:]) else squeezed(text[end:]).strip(".,;/")
    remark = bool(rest) and squeezed(text[:end]).rstrip(".,;").endswith("]")  # beside a whole clone
    unread = [rest] if rest and not remark else []
    normal = {squeezed(v).casefold() for v in variants}
    clones, incomplete = Lineage(normal).of(_rough_clones(plain, unread))
    shown = written if unread else squeezed(text[:end]).strip(".,;/")
    beside = (rest,) if remark else ()
    return Karyogram(
        text=shown, clones=clones, unread=tuple(unread), beside=beside, incomplete=incomplete
    )


def abnormality(text: str) -> Abnormality | None:
    """One abnormality on its own, or None where the text is none.

    >>> abnormality("del(17)(p13)").bands
    ('p13',)
    """
    found = parsed("item", squeezed(text))
    return found[0] if isinstance(found, list) and found else None


def _rough_clones(text: str, unread: list[str]) -> list[dict[str, Any]]:
    """By the grammar as a whole; where that fails, clone by clone, then part by part."""
    whole = parsed("karyotype", text)
    if whole is not None:
        return list(whole)
    found = []
    for piece in pieces(text, "/"):
        clone = parsed("clone", piece)
        found.append(clone if clone is not None else _by_parts(piece, unread))
    return [clone for clone in found if clone is not None]


def _by_parts(piece: str, unread: list[str]) -> dict[str, Any] | None:
    """A clone of which some abnormality is not understood."""
    parts = list(pieces(piece.strip(",;."), ","))
    head = parsed("clone", ",".join(parts[:2]))
    if head is None:
        unread.append(piece)
        return None
    for part in parts[2:]:
        found = parsed("item", part)
        if found is None:
            unread.append(part)
        elif isinstance(found, dict):
            head |= {key: value for key, value in found.items() if value}
        else:
            head["items"] += found
    cells = CELLS.search(parts[-1])
    head["cells"] = head["cells"] or (int(cells.group(2) or 0) if cells else 0) or None
    return dict(head)
