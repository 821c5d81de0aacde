"""Reads a PDF as a person or a screen reader would."""

import io
import re
from typing import Any

from pypdf import PdfReader

MM = 72 / 25.4


def reader(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def squeezed(text: str) -> str:
    """Without what lines and hyphens add."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


def text_of(content: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in reader(content).pages))


def places(page: Any) -> list[tuple[float, float, str]]:
    """Each piece of text with where it begins, in millimetres from the upper left corner."""
    found: list[tuple[float, float, str]] = []
    height = float(page.mediabox.height)

    def visit(text: str, matrix: Any, text_matrix: Any, font: Any, size: float) -> None:
        if text.strip():
            x = matrix[0] * text_matrix[4] + matrix[2] * text_matrix[5] + matrix[4]
            y = matrix[1] * text_matrix[4] + matrix[3] * text_matrix[5] + matrix[5]
            found.append((x / MM, (height - y) / MM, text.strip()))

    page.extract_text(visitor_text=visit)
    return found


def structure(content: bytes) -> list[Any]:
    """The structure elements in reading order."""
    root = reader(content).trailer["/Root"]["/StructTreeRoot"]
    found: list[Any] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict) and "/S" in node:
            found.append(node)
            if "/K" in node:
                walk(node["/K"])
        elif isinstance(node, dict) and "/K" in node:
            walk(node["/K"])

    walk(root["/K"])
    return found
