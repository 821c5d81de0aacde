"""What is drawn on paper, as SVG: diagrams and stars in the colour of their group."""

from portal.colours import ink

FULL = '<path d="M12 1.5v21M2.9 6.75l18.2 10.5M21.1 6.75L2.9 17.25" stroke-width="5"/>'
EMPTY = '<path d="M12 3v18M4.2 7.5l15.6 9M19.8 7.5l-15.6 9" stroke-width="1.5" stroke-dasharray="2 2.2"/>'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}"><g fill="none" stroke="{}">{}</g></svg>'


def diagram(marks: str, group: str) -> str:
    """The marks of a pattern, which portal.diagrams has checked."""
    if not marks:
        return ""
    drawn = f'<g stroke-width="1.6">{marks.replace("currentColor", ink(group))}</g>'
    return SVG.format(120, 80, ink(group), drawn)


def stars(confidence: int, most: int, group: str) -> str:
    drawn = "".join(
        f'<g transform="translate({28 * place} 0)">{FULL if place < confidence else EMPTY}</g>' for place in range(most)
    )
    return SVG.format(28 * most - 4, 24, ink(group), drawn)
