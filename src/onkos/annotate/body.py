"""Body surface and kidney function worked out from what was measured."""

from __future__ import annotations

from collections.abc import Iterator

from onkos.dose import body_surface_mosteller, ckd_epi_2021, cockcroft_gault
from onkos.model import Case, Measurement

ADULT = 18


def derived(case: Case) -> tuple[Measurement, ...]:
    """Values that follow from others, where the input does not give them itself.

    Creatinine clearance by Cockcroft and Gault, filtration by CKD-EPI 2021 (adults), body
    surface by Mosteller; each names its formula as method.
    """
    known = {m.name: m.value for m in case.measurements if m.value is not None}
    return tuple(m for m in _worked_out(case, known) if m.name not in known)


def _worked_out(case: Case, known: dict[str, float]) -> Iterator[Measurement]:
    height, weight, creatinine = (known.get(n) for n in ("height", "weight", "creatinine"))
    if height and weight:
        surface = body_surface_mosteller(height, weight)
        yield _value("body surface", surface, "m2", "Mosteller")
    if case.age is None or case.sex is None or not creatinine or case.age < ADULT:
        return
    female = case.sex == "female"
    if weight:
        clearance = cockcroft_gault(case.age, weight, creatinine, female)
        yield _value(
            "creatinine clearance", clearance, "mL/min", f"Cockcroft-Gault, {weight:g} kg as given"
        )
    rate = ckd_epi_2021(creatinine, case.age, female)
    yield _value("filtration rate", rate, "mL/min/1.73 m2", "CKD-EPI 2021, indexed")


def _value(name: str, value: float, unit: str, method: str) -> Measurement:
    return Measurement(name=name, value=round(value, 2), unit=unit, method=method)
