"""Dose arithmetic: body surface, kidney function, carboplatin, lifetime anthracycline.

Pure functions of numbers. A result is for the prescriber to check, never a prescription.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

CARBOPLATIN_GFR_CAP = 125.0  # mL/min, for estimated rates
_CARBOPLATIN_NONRENAL = 25.0  # mL/min
_SURFACE = 1.73  # m2, to which indexed rates refer


class Carboplatin(NamedTuple):
    """A dose with what it was worked out from."""

    milligrams: float
    gfr_used: float
    capped: bool


def body_surface_mosteller(height: float, weight: float) -> float:
    """Body surface in m2.

    Parameters
    ----------
    height : float, cm, 20 to 260
    weight : float, kg, 1 to 400

    Raises
    ------
    ValueError
        If an input leaves its range; NaN is out of range.

    References
    ----------
    Mosteller 1987, doi:10.1056/NEJM198710223171717

    Examples
    --------
    >>> round(body_surface_mosteller(170, 70), 4)
    1.8181
    """
    _within("height", height, 20, 260)
    _within("weight", weight, 1, 400)
    return float((height * weight / 3600) ** 0.5)


def body_surface_dubois(height: float, weight: float) -> float:
    """Body surface in m2 by the older formula, for protocols that ask for it.

    Parameters and errors as for `body_surface_mosteller`.

    References
    ----------
    DuBois and DuBois 1916, doi:10.1001/archinte.1916.00080130010002

    Examples
    --------
    >>> round(body_surface_dubois(170, 70), 4)
    1.8097
    """
    _within("height", height, 20, 260)
    _within("weight", weight, 1, 400)
    return float(0.007184 * weight**0.425 * height**0.725)


def cockcroft_gault(age: float, weight: float, creatinine: float, female: bool) -> float:
    """Creatinine clearance in mL/min, not indexed to body surface.

    Parameters
    ----------
    age : float, years, 12 to 130
    weight : float, kg
    creatinine : float, mg/dL in serum, 0.1 to 30
        A policy of rounding low values up (to 0.7 or 0.8) is the caller's: none is applied.

    Raises
    ------
    ValueError

    References
    ----------
    Cockcroft and Gault 1976, doi:10.1159/000180580

    Examples
    --------
    >>> round(cockcroft_gault(60, 70, 1.0, female=False), 2)
    77.78
    """
    _within("age", age, 12, 130)
    _within("weight", weight, 1, 400)
    _within("creatinine", creatinine, 0.1, 30)
    clearance = (140 - age) * weight / (72 * creatinine)
    return clearance * (0.85 if female else 1.0)


def ckd_epi_2021(creatinine: float, age: float, female: bool) -> float:
    """Estimated glomerular filtration in mL/min per 1.73 m2, without race.

    Parameters
    ----------
    creatinine : float, mg/dL in serum
    age : float, years, 18 to 130

    Raises
    ------
    ValueError

    References
    ----------
    Inker 2021, doi:10.1056/NEJMoa2102953

    Examples
    --------
    >>> round(ckd_epi_2021(1.0, 60, female=True), 2)
    64.5
    """
    _within("creatinine", creatinine, 0.1, 30)
    _within("age", age, 18, 130)
    kappa, alpha = (0.7, -0.241) if female else (0.9, -0.302)
    ratio = creatinine / kappa
    rate = 142 * min(ratio, 1) ** alpha * max(ratio, 1) ** -1.2 * 0.9938**age
    return float(rate * (1.012 if female else 1.0))


def absolute_rate(indexed: float, surface: float) -> float:
    """An indexed rate (mL/min per 1.73 m2) as mL/min of this patient.

    Doses go by the absolute rate; carboplatin by an indexed one is an error.

    >>> round(absolute_rate(86.16, 1.8181), 1)
    90.5
    """
    _within("indexed rate", indexed, 0, 400)
    _within("surface", surface, 0.1, 5)
    return indexed * surface / _SURFACE


def calvert(target_auc: float, gfr: float, measured: bool = False) -> Carboplatin:
    """Carboplatin dose in mg for a target area under the curve.

    Parameters
    ----------
    target_auc : float, mg/mL x min, above 0 to 10
    gfr : float, mL/min, absolute, 0 to 400
    measured : bool
        Whether `gfr` was measured (51Cr-EDTA, DTPA, iohexol); an estimated one is capped at 125.

    Raises
    ------
    ValueError

    References
    ----------
    Calvert 1989, doi:10.1200/JCO.1989.7.11.1748; cap: FDA communication of October 2010

    Examples
    --------
    >>> calvert(5, 140)
    Carboplatin(milligrams=750.0, gfr_used=125.0, capped=True)
    >>> calvert(5, 90).milligrams
    575.0
    """
    _within("target AUC", target_auc, 0.1, 10)
    _within("filtration", gfr, 0, 400)
    capped = gfr > CARBOPLATIN_GFR_CAP and not measured
    used = CARBOPLATIN_GFR_CAP if capped else gfr
    return Carboplatin(target_auc * (used + _CARBOPLATIN_NONRENAL), used, capped)


def doxorubicin_equivalent(doses: Mapping[str, float], factors: Mapping[str, float]) -> float:
    """Lifetime anthracycline as mg/m2 of doxorubicin.

    Parameters
    ----------
    doses : mapping of str to float
        Cumulative mg/m2 by drug.
    factors : mapping of str to float
        mg of doxorubicin as toxic to the heart as 1 mg of each drug, from the knowledge.

    Raises
    ------
    ValueError
        For a drug without an agreed factor, or a negative dose.

    Examples
    --------
    >>> doxorubicin_equivalent({"daunorubicin": 180, "idarubicin": 12},
    ...                        {"daunorubicin": 0.5, "idarubicin": 5})
    150.0
    """
    total = 0.0
    for drug, dose in doses.items():
        if drug not in factors:
            known = ", ".join(sorted(factors))
            raise ValueError(f"{drug}: no agreed equivalent of doxorubicin; known: {known}")
        _within(drug, dose, 0, 5000)
        total += factors[drug] * dose
    return total


def _within(name: str, value: float, least: float, most: float) -> None:
    if not least <= value <= most:
        raise ValueError(f"{name} {value} is outside {least:g} to {most:g}")
