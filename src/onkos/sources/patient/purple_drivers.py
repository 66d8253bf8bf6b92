"""Drivers of a PURPLE and LINX run: what the catalogue says of a gene, and no more.

The catalogue names genes, not changes: a mutation of it is a stated one, unless the variant
itself is read beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

from onkos.model import CopyCall, CopyNumber, Origin, Stated, StatedClass
from onkos.sources.patient.tables import Rejected

LOW = "driver catalogue: disruption of one copy"
PART = "part of the gene is amplified, and which part is not said"
_AMPLIFIED = frozenset({"AMP", "FULL_GAIN"})
_PART_AMPLIFIED = frozenset({"PARTIAL_AMP", "PARTIAL_GAIN"})
_DELETED = frozenset({"DEL", "FULL_DEL", "PARTIAL_DEL", "FULL_LOSS", "PARTIAL_LOSS"})
DELETED_IN_PART = "HOM_DEL_DISRUPTION"
_HOMOZYGOUS = frozenset({DELETED_IN_PART, "HOM_DUP_DISRUPTION"})
_GERMLINE = "GERMLINE_"
# PURPLE calls both copies lost below half a copy: hartwigmedical/hmftools, issue 557.
_NONE_LEFT = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """One line of a catalogue.

    Attributes
    ----------
    kind : str
        ``"MUTATION"``, ``"AMP"``, ``"DEL"``, ``"DISRUPTION"``, ``"HOM_DEL_DISRUPTION"``, ...
    least, most : float or None
        Copies of the gene's least and most copied parts.
    frameshift, other : int or None
        Its frameshifts, and its coding changes of other kinds.
    """

    gene: str
    kind: str
    least: float | None = None
    most: float | None = None
    biallelic: bool | None = None
    frameshift: int | None = None
    other: int | None = None

    @property
    def origin(self) -> Origin:
        """Of which genome."""
        return Origin.GERMLINE if self.kind.startswith(_GERMLINE) else Origin.SOMATIC


def alteration_of(driver: Driver) -> CopyNumber | Stated | str:
    """What a driver says in our words, or why it is left out.

    Raises
    ------
    Rejected
        Where it does not say enough, or its word is not known.

    Examples
    --------
    >>> alteration_of(Driver(gene="PTEN", kind="DEL", least=0.0, most=2.0)).label
    'PTEN deletion'
    """
    kind = driver.kind.removeprefix(_GERMLINE)
    if driver.least is not None and driver.least < -_NONE_LEFT:
        raise Rejected("minCopyNumber", "fewer than no copies", remedy="correct the run's figure")
    if kind == "MUTATION":
        return _mutation(driver)
    if kind in _AMPLIFIED:
        return _copies(driver, CopyCall.AMPLIFICATION)
    if kind in _PART_AMPLIFIED:
        raise Rejected("driver", PART, text=driver.kind, remedy="state the amplification if it is")
    if kind in _DELETED | {"DELETION"}:
        if driver.origin is Origin.GERMLINE:
            return Stated(
                gene=driver.gene, finding=StatedClass.LOSS_OF_FUNCTION, origin=driver.origin
            )
        return _copies(driver, CopyCall.DELETION)
    if kind in _HOMOZYGOUS:
        return Stated(
            gene=driver.gene,
            finding=StatedClass.LOSS_OF_FUNCTION,
            origin=driver.origin,
            biallelic=True,
        )
    if kind == "DISRUPTION":
        return LOW
    raise Rejected("driver", "a kind of driver that is not known", text=driver.kind)


def in_part(driver: Driver) -> bool:
    """Whether a deletion leaves part of the gene."""
    return (
        driver.kind in _DELETED and driver.most is not None and driver.most >= _NONE_LEFT
    ) or driver.kind.startswith("PARTIAL")


def _mutation(driver: Driver) -> Stated:
    """A mutation; a frameshift where the catalogue counts nothing else."""
    only_frameshift = bool(driver.frameshift) and not driver.other
    finding = StatedClass.FRAMESHIFT if only_frameshift else StatedClass.MUTATION
    return Stated(
        gene=driver.gene,
        finding=finding,
        origin=driver.origin,
        biallelic=driver.biallelic or None,
    )


def _copies(driver: Driver, call: CopyCall) -> CopyNumber:
    least = None if driver.least is None else max(driver.least, 0.0)
    return CopyNumber(gene=driver.gene, call=call, copies=least, origin=driver.origin)
