"""Lists of hotspots and of roles, which the standard of oncogenicity asks for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from onkos.model import Hotspot, Unread, Vocabulary
from onkos.sources.knowledge.compiled import GeneRole
from onkos.sources.knowledge.hotspot_files import read_hotspots
from onkos.sources.knowledge.role_files import read_roles


def hotspots(path: Path, vocabulary: Vocabulary) -> Iterator[Hotspot | Unread]:
    """Hotspots of a file of residues of cancerhotspots.org."""
    yield from read_hotspots(path, vocabulary)


def roles(path: Path, vocabulary: Vocabulary) -> Iterator[GeneRole | Unread]:
    """Roles of IntOGen, CancerMine, or a table of gene and role."""
    found, unread = read_roles(path, vocabulary)
    yield from (GeneRole(gene, role) for gene, role in found.items())
    yield from unread
