"""How different two amino acids are: the distance of Grantham.

From composition, polarity and volume by the published formula, which gives the published
table to within a unit of rounding.

References
----------
Grantham 1974, Science 185:862, doi:10.1126/science.185.4154.862
"""

from __future__ import annotations

from functools import lru_cache
from math import sqrt

# Composition, polarity, volume of the side chain (table 1 of the paper).
_PROPERTIES: dict[str, tuple[float, float, float]] = {
    "S": (1.42, 9.2, 32.0),
    "R": (0.65, 10.5, 124.0),
    "L": (0.0, 4.9, 111.0),
    "P": (0.39, 8.0, 32.5),
    "T": (0.71, 8.6, 61.0),
    "A": (0.0, 8.1, 31.0),
    "V": (0.0, 5.9, 84.0),
    "G": (0.74, 9.0, 3.0),
    "I": (0.0, 5.2, 111.0),
    "F": (0.0, 5.2, 132.0),
    "Y": (0.20, 6.2, 136.0),
    "C": (2.75, 5.5, 55.0),
    "H": (0.58, 10.4, 96.0),
    "Q": (0.89, 10.5, 85.0),
    "N": (1.33, 11.6, 56.0),
    "K": (0.33, 11.3, 119.0),
    "D": (1.38, 13.0, 54.0),
    "E": (0.92, 12.3, 83.0),
    "M": (0.0, 5.7, 105.0),
    "W": (0.13, 5.4, 170.0),
}
_COMPOSITION, _POLARITY, _VOLUME = 1.833, 0.1018, 0.000399
_MEAN_HUNDRED = 50.723


@lru_cache(maxsize=400)
def grantham_distance(one: str, other: str) -> int:
    """Distance of two amino acids by letter, 0 to 215, rounded.

    Raises
    ------
    KeyError
        For a letter that is none of the twenty.

    Examples
    --------
    >>> grantham_distance("L", "I"), grantham_distance("G", "D"), grantham_distance("V", "E")
    (5, 94, 121)
    """
    differences = zip(
        (_COMPOSITION, _POLARITY, _VOLUME), _PROPERTIES[one], _PROPERTIES[other], strict=True
    )
    return round(_MEAN_HUNDRED * sqrt(sum(w * (a - b) ** 2 for w, a, b in differences)))
