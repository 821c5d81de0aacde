"""Drawings without a style sheet have the colours that the style sheet and the paper have."""

import re
from pathlib import Path

import pytest

from portal.colours import INK, SOLID

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("group", INK)
def test_colours_are_those_of_the_style_sheet_and_of_paper(group):
    css = (ROOT / "portal/static/portal/css/style.css").read_text()
    wanted = (INK[group], SOLID[group])
    assert re.search(rf'\[data-group="{group}"\]\s+{{ --g: (#\w+); --g-solid: (#\w+);', css).groups() == wanted
    if group != "place":  # which paper prints in its ink
        typ = (ROOT / "printing/typst/look.typ").read_text()
        assert re.search(rf'{group}: \(rgb\("(#\w+)"\), rgb\("(#\w+)"\)', typ).groups() == wanted
