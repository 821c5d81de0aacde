"""Which language a text is written in, told by the common words of each."""

import re
from collections import Counter

from .stopwords import FILLERS, STOPWORDS

WORD = re.compile(r"[^\W\d_]+")
COMMON = {language: common | FILLERS[language] for language, common in STOPWORDS.items()}
ENOUGH = 3  # common words of another language: a title of three words with one of them proves nothing


def language_of(text: str) -> str:
    """The language whose common words make up most of the text; empty where it is not clear."""
    counts = common_words(text)
    best, second = sorted(counts.values(), reverse=True)[:2]
    if best < 5 or best < second * 1.15:
        return ""
    return max(counts, key=lambda language: counts[language])


def other_language(text: str, language: str) -> str:
    """The language in which the text seems to be, if it is clearly not `language`; safe for short texts."""
    if language not in COMMON:
        return ""
    counts = common_words(" ".join(set(WORD.findall(text.lower()))))  # a word said three times proves little
    own = counts.pop(language)
    other = max(counts, key=lambda each: counts[each])
    return other if counts[other] >= max(ENOUGH, 1.5 * own + 1) else ""


def common_words(text: str) -> dict[str, int]:
    words = Counter(WORD.findall(text.lower()))
    return {language: sum(words[word] for word in words.keys() & common) for language, common in COMMON.items()}
