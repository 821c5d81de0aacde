"""Reads a PDF from standard input and writes its text to standard output, one line of JSON for each page.

Runs as a process of its own (`reading.read`), outside Django: a file made to take forever or to fill the memory ends
this process and no other. The first line says what went wrong, the last one how many pages there are.
"""

import json
import re
import resource
import sys
import time
from io import BytesIO
from typing import Any

MOST_PAGES = 1000
MOST_ON_A_PAGE = 20_000  # characters
MOST_TEXT = 3_000_000
SECONDS = 40  # after which it stops between two pages
MEMORY = 768 * 1024 * 1024

# “neigh-” at the end of a line and “bourhood” at the beginning of the next are one word.
BROKEN_WORD = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]\n(?=[^\W\d_A-Z])")
NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS + 10, SECONDS + 15))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        problem = _read(sys.stdin.buffer.read())
    except MemoryError:
        problem = "too_much_memory"
    _say({"problem": problem})


def _read(data: bytes) -> str:
    import logging

    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    logging.disable()  # what it thinks of each object of a damaged file
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):  # many are locked against changes only
            return "encrypted"
        return _read_pages(reader)
    except (DependencyError, FileNotDecryptedError):
        return "encrypted"
    except MemoryError:
        raise
    except Exception:  # pypdf raises whatever a damaged file makes of its objects
        return "broken"


def _read_pages(reader: Any) -> str:
    began, written, count = time.monotonic(), 0, len(reader.pages)
    _say({"pages": count})
    for number in range(1, min(count, MOST_PAGES) + 1):
        if written > MOST_TEXT or time.monotonic() - began > SECONDS:
            return "shortened"
        text = _text_of(reader, number)
        written += len(text)
        if text:
            _say({"number": number, "text": text})
    if count > MOST_PAGES:
        return "shortened"
    return "" if written else "no_text"


def _text_of(reader: Any, number: int) -> str:
    """Empty where one page is damaged: the others can be found."""
    try:
        return cleaned(reader.pages[number - 1].extract_text())
    except MemoryError:
        raise
    except Exception:
        return ""


def cleaned(text: str) -> str:
    text = NOT_TEXT.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))[:MOST_ON_A_PAGE]
    lines = (" ".join(line.split()) for line in BROKEN_WORD.sub("", text).splitlines())
    return "\n".join(line for line in lines if line)


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=True) + "\n")


if __name__ == "__main__":
    main()
