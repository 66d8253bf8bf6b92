"""How far it is from a patient's place to a trial's nearest site."""

from __future__ import annotations

import math
from collections.abc import Iterable

from onkos.model.trial import Site, TrialStatus

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
Place = tuple[float, float]
_OPEN = {
    "", "RECRUITING", "ENROLLING_BY_INVITATION", "AVAILABLE", str(TrialStatus.RECRUITING),
}  # fmt: skip


def great_circle(one: Place, other: Place) -> float:
    """Kilometres along the great circle between two places, by the haversine formula.

    Parameters
    ----------
    one, other : pair of floats
        Latitude in [-90, 90] and longitude in [-180, 180], degrees.

    Examples
    --------
    >>> round(great_circle((48.8566, 2.3522), (51.5074, -0.1278)))  # Paris to London
    344
    """
    (lat1, lon1), (lat2, lon2) = one, other
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half_lat, half_lon = (phi2 - phi1) / 2, math.radians(lon2 - lon1) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(phi1) * math.cos(phi2) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))


def nearest_site(sites: Iterable[Site], near: Place | None) -> tuple[float, Site] | None:
    """The nearest site with coordinates, of those that recruit where any does; else None."""
    if near is None:
        return None
    placed = [
        (great_circle(near, (site.latitude, site.longitude)), site)
        for site in sites
        if site.latitude is not None and site.longitude is not None
    ]
    recruiting = [found for found in placed if found[1].status in _OPEN]
    return min(recruiting or placed, key=lambda found: found[0], default=None)
