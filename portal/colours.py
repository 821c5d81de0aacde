"""The colours of the groups, for drawings that know no style sheet: those of light paper in `style.css`."""

INK = {"act": "#9a2a38", "tell": "#7a5200", "find": "#1c4e86", "prevent": "#1b5c46", "place": "#16222b"}
SOLID = {"act": "#8a2431", "tell": "#6b4800", "find": "#1a4474", "prevent": "#174f3d", "place": "#16222b"}


def ink(group: str) -> str:
    return INK.get(group, INK["place"])


def solid(group: str) -> str:
    return SOLID.get(group, SOLID["place"])
