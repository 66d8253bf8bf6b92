"""Rows that stay unfound, each with its reason, from ``benchmarks/explained``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "explained"
KEYS = ("source", "therapy", "marker", "disease", "regulator", "direction")
ANY = "*"


@dataclass(frozen=True)
class Explanation:
    """Why a row is not in the knowledge; ``"*"`` or nothing stands for any."""

    where: str
    rule: Mapping[str, str]
    reason: str
    not_in_use: bool

    def fits(self, row: Mapping[str, str]) -> bool:
        """Whether it speaks of this row; names are compared without case, markers by part."""
        return all(self._agrees(key, row.get(key, "")) for key in KEYS)

    def _agrees(self, key: str, value: str) -> bool:
        wanted = self.rule.get(key, ANY).casefold()
        if wanted in {ANY, "", value.casefold()}:
            return True
        return key == "marker" and wanted in value.casefold()


def explanations() -> tuple[Explanation, ...]:
    """All explanations of all files; raises where one has no reason or an unknown key."""
    return tuple(_read(FOLDER))


def _read(folder: Path) -> Iterator[Explanation]:
    for path in sorted(folder.glob("*.toml")):
        for number, row in enumerate(tomllib.loads(path.read_text())["row"], 1):
            where = f"{path.name}, row {number}"
            extra = set(row) - {*KEYS, "reason", "not_in_use"}
            if extra or not row.get("reason"):
                raise SystemExit(f"{where}: {'unknown ' + str(extra) if extra else 'no reason'}")
            rule = {key: str(row[key]) for key in KEYS if key in row}
            yield Explanation(where, rule, row["reason"], bool(row.get("not_in_use")))


def explain(row: Mapping[str, str], known: tuple[Explanation, ...]) -> Explanation | None:
    """The first explanation that fits."""
    return next((one for one in known if one.fits(row)), None)
