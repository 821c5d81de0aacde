"""LibreTranslate, and whatever else answers like it: a server of our own, to which alone the texts go.

https://libretranslate.com/docs/
"""

from collections.abc import Sequence

from .asking import post
from .base import Translator, checked


class LibreTranslate(Translator):
    name = "LibreTranslate"
    max_texts = 25
    max_bytes = 20_000  # it works in the request: small portions stay within the time-out

    def translate(
        self, texts: Sequence[str], source_language: str, target_language: str, glossary: str = ""
    ) -> list[str]:
        payload = {
            "q": list(texts),
            "source": source_language.partition("-")[0],
            "target": target_language.partition("-")[0],
            "format": "html",
            **({"api_key": self.key} if self.key else {}),
        }
        answer = post(f"{self.url}/translate", payload, {}, self.seconds)
        return checked(answer.get("translatedText") if isinstance(answer, dict) else None, texts)
