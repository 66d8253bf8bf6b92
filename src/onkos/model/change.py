"""What became of a claim between two states of one source."""

from __future__ import annotations

from enum import StrEnum

from onkos.model.claim import Claim
from onkos.model.noun import Noun, require


class ChangeKind(StrEnum):
    """What happened to a claim."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class FieldChange(Noun, frozen=True, kw_only=True):
    """One part of a claim, before and after, as a reader writes it; empty where there is none.

    Attributes
    ----------
    wording : bool
        How a citation or a note is written, and nothing of what is claimed.
    """

    field: str
    before: str = ""
    after: str = ""
    wording: bool = False


class ClaimChange(Noun, frozen=True, kw_only=True):
    """A claim that is new, gone or no longer the same.

    Attributes
    ----------
    before, after : Claim or None
        None where it was not there yet, or is there no more.
    fields : tuple of FieldChange
        Of a changed one: every part that differs, withdrawn approvals first.
    withdrawn : bool
        An approval that stood is withdrawn, or is told no more.
    unread : str
        Why the row is still in the source and no longer (or was not yet) understood.
    """

    before: Claim | None = None
    after: Claim | None = None
    fields: tuple[FieldChange, ...] = ()
    withdrawn: bool = False
    unread: str = ""

    def __post_init__(self) -> None:
        require(self.before != self.after, "a change changes something")

    @property
    def kind(self) -> ChangeKind:
        """Added, removed or changed."""
        if self.before is None:
            return ChangeKind.ADDED
        return ChangeKind.REMOVED if self.after is None else ChangeKind.CHANGED

    @property
    def wording(self) -> bool:
        """Whether nothing changed but how citations and notes are written."""
        return bool(self.fields) and all(field.wording for field in self.fields)

    @property
    def claim(self) -> Claim:
        """The claim as it is now; as it was where it is gone."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change of no claim")
        return found

    @property
    def sides(self) -> tuple[Claim, ...]:
        """The claim before and after, where there is one."""
        return tuple(claim for claim in (self.before, self.after) if claim is not None)
