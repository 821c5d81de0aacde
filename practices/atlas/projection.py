"""From a place on Earth to a place in the frame of the map: Lambert's azimuthal equal-area projection.

The frame is 800 wide; the outlines in `europe.json` were drawn with the same numbers, by bin/outlines.py.
"""

from math import cos, radians, sin, sqrt

CENTRE = (52.0, 10.0)  # north, east
DRAWN = (-60.0, 20.0, 860.0, 880.0)  # how far the outlines go: left, top, right, bottom
_MIDDLE = (400.0, 430.0)  # where the centre stands
NOWHERE = 1e-6  # the other side of the Earth is the whole rim of the projection, no one place
_RADIUS = 1000.0  # of the Earth

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom
_SIN, _COS = sin(radians(CENTRE[0])), cos(radians(CENTRE[0]))


def project(latitude: float, longitude: float) -> Point:
    """The point in the frame, x to the right and y down."""
    north, east = radians(latitude), radians(longitude - CENTRE[1])
    ahead = cos(north) * cos(east)
    towards = 1 + _SIN * sin(north) + _COS * ahead
    if towards < NOWHERE:
        return 3 * _RADIUS, 0.0
    k = _RADIUS * sqrt(2 / towards)
    return _MIDDLE[0] + k * cos(north) * sin(east), _MIDDLE[1] - k * (_COS * sin(north) - _SIN * ahead)


def is_drawn(point: Point) -> bool:
    return DRAWN[0] <= point[0] <= DRAWN[2] and DRAWN[1] <= point[1] <= DRAWN[3]
