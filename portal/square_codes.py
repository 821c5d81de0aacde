"""QR codes: an address that the camera of a phone reads from a card or a screen."""

import io
from functools import lru_cache

import segno


@lru_cache(maxsize=512)
def square_code(address: str) -> str:
    """As SVG with its quiet zone, black on white in every theme."""
    drawn = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(
        drawn, kind="svg", xmldecl=False, border=2, dark="#000", light="#fff", omitsize=True, lineclass=None, nl=False
    )
    return drawn.getvalue().decode()
