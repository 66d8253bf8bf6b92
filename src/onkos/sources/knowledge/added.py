"""The knowledge with what the user's own files add to it, each file pinned."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from onkos.errors import KnowledgeError
from onkos.model import Knowledge, OncogenicityFacts, Snapshot, Unread
from onkos.sources.knowledge.burden_files import read_burdens
from onkos.sources.knowledge.catalogue import read_catalogue
from onkos.sources.knowledge.change_files import read_changes
from onkos.sources.knowledge.expression_files import read_expression_cohort
from onkos.sources.knowledge.hotspot_files import read_hotspots
from onkos.sources.knowledge.role_files import read_roles
from onkos.sources.knowledge.study_files import read_studies

Read = TypeVar("Read")


def with_hotspots(knowledge: Knowledge, path: Path) -> Knowledge:
    """The knowledge with the hotspots of a file of cancerhotspots.org in place of its own.

    A residue that the file lacks is then no hotspot, where the compact table leaves it open.

    Raises
    ------
    Unreadable
        Where the file is none.
    KnowledgeError
        Where it holds no hotspot.
    """
    hotspots, unread = _parted(read_hotspots(path, knowledge.vocabulary))
    if not hotspots:
        raise KnowledgeError(f"{path.name} holds no hotspot; give a file of residues such as v3")
    facts = msgspec.structs.replace(
        knowledge.vocabulary.oncogenicity, hotspots=hotspots, whole_list=path.name
    )
    return _with(knowledge, facts, path, "hotspots", "ODbL 1.0, as cancerhotspots.org", unread)


def with_roles(knowledge: Knowledge, path: Path) -> Knowledge:
    """The knowledge with roles of a file for the genes to which it gives none itself.

    Raises
    ------
    Unreadable
        Where the file is none.
    KnowledgeError
        Where it gives no gene a role.
    """
    roles, unread = read_roles(path, knowledge.vocabulary)
    if not roles:
        raise KnowledgeError(f"{path.name} gives no gene a role")
    facts = msgspec.structs.replace(knowledge.vocabulary.oncogenicity, roles=roles)
    return _with(knowledge, facts, path, "gene roles", "as its source says", tuple(unread))


def with_studies(knowledge: Knowledge, path: Path) -> Knowledge:
    """The knowledge with the functional studies of a table: gene, change, effect, source.

    Raises
    ------
    Unreadable
        Where the file is none.
    KnowledgeError
        Where it holds no study.
    """
    studies, unread = _parted(read_studies(path, knowledge.vocabulary))
    if not studies:
        raise KnowledgeError(f"{path.name} holds no functional study")
    facts = msgspec.structs.replace(knowledge.vocabulary.oncogenicity, studies=studies)
    return _with(knowledge, facts, path, "functional studies", "as its source says", unread)


def with_changes(knowledge: Knowledge, path: Path, assembly: str = "") -> Knowledge:
    """The knowledge with the known changes of a table beside its own.

    Where the two describe one place and its bases differently, the built-in one counts.

    Parameters
    ----------
    assembly : str
        Of rows that do not name theirs.

    Raises
    ------
    Unreadable
        Where the file is none, or its assembly is not told.
    KnowledgeError
        Where it holds no change with a place and a description.
    """
    changes, unread = read_changes(path, knowledge.vocabulary, assembly)
    if not changes:
        raise KnowledgeError(f"{path.name} holds no change with its place and what it does")
    return msgspec.structs.replace(
        knowledge,
        added_changes=(*knowledge.added_changes, *changes),
        unread=(*knowledge.unread, *unread),
        pins=(*knowledge.pins, _pin(path, "known changes")),
    )


def with_catalogue(knowledge: Knowledge, path: Path) -> Knowledge:
    """The knowledge with a catalogue of mutational signatures.

    Raises
    ------
    Unreadable
        Where the file is none.
    KnowledgeError
        Where there is a catalogue of the same kind already: a spectrum is fitted to one.
    """
    catalogue = read_catalogue(path)
    for other in knowledge.catalogues:
        if other.kind == catalogue.kind:
            raise KnowledgeError(
                f"{path.name} and {other.name} are both catalogues of {catalogue.kind}; give one"
            )
    pin = _pin(path, f"{catalogue.kind} signatures")
    return msgspec.structs.replace(
        knowledge, catalogues=(*knowledge.catalogues, catalogue), pins=(*knowledge.pins, pin)
    )


def with_burdens(knowledge: Knowledge, path: Path) -> Knowledge:
    """The knowledge with a cohort of burdens: a table of sample, TMB and, at will, disease.

    Raises
    ------
    Unreadable
        Where the file is none.
    KnowledgeError
        Where it holds no cohort of two tumours or more.
    """
    rules = knowledge.biomarkers.burden
    exome = rules.convention("", "exome") if rules else None
    if rules is None or exome is None:
        raise KnowledgeError(f"{path.name}: this knowledge has no rules for burdens")
    cohorts, unread = read_burdens(path, knowledge.vocabulary, exome.id)
    if not cohorts:
        raise KnowledgeError(f"{path.name} holds no cohort of two tumours of one disease or more")
    rules = msgspec.structs.replace(rules, cohorts=(*cohorts, *rules.cohorts))
    return msgspec.structs.replace(
        knowledge,
        biomarkers=msgspec.structs.replace(knowledge.biomarkers, burden=rules),
        unread=(*knowledge.unread, *unread),
        pins=(*knowledge.pins, _pin(path, "cohort of burdens")),
    )


def with_expression(knowledge: Knowledge, path: Path) -> Knowledge:
    """The knowledge with the expression of a cohort: genes by tumours, as TPM.

    Raises
    ------
    Unreadable
        Where the file is none.
    KnowledgeError
        Where its amounts are no TPM of all genes, or no gene is known.
    """
    rules = knowledge.biomarkers.expression
    if rules is None:
        raise KnowledgeError(f"{path.name}: this knowledge has no rules for expression")
    cohort, unread = read_expression_cohort(path, knowledge.vocabulary, rules)
    return msgspec.structs.replace(
        knowledge,
        expression_cohorts=(*knowledge.expression_cohorts, cohort),
        unread=(*knowledge.unread, *unread),
        pins=(*knowledge.pins, _pin(path, "cohort of expression")),
    )


def _parted(rows: Iterable[Read | Unread]) -> tuple[tuple[Read, ...], tuple[Unread, ...]]:
    """What was understood, and what was not."""
    read: list[Read] = []
    unread: list[Unread] = []
    for row in rows:
        if isinstance(row, Unread):
            unread.append(row)
        else:
            read.append(row)
    return tuple(read), tuple(unread)


def _with(
    knowledge: Knowledge,
    facts: OncogenicityFacts,
    path: Path,
    what: str,
    licence: str,
    unread: tuple[Unread, ...],
) -> Knowledge:
    vocabulary = msgspec.structs.replace(knowledge.vocabulary, oncogenicity=facts)
    return msgspec.structs.replace(
        knowledge,
        vocabulary=vocabulary,
        unread=(*knowledge.unread, *unread),
        pins=(*knowledge.pins, _pin(path, what, licence)),
    )


def _pin(path: Path, what: str, licence: str = "as its source says") -> Snapshot:
    return Snapshot(
        source=f"{what} added by the user",
        version=path.name,
        licence=licence,
        sha256=_sha256(path),
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
