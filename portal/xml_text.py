"""Text as XML can hold it. Editors paste what it cannot, such as the line breaks of a word processor."""

import re

NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def xml_text(text: str) -> str:
    return NOT_IN_XML.sub(" ", text)
