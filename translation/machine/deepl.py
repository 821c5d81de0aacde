"""DeepL. It takes 50 texts and 128 KiB at once: https://developers.deepl.com/docs/resources/usage-limits"""

from collections.abc import Sequence

from .asking import post
from .base import Translator, checked

ADDRESS, FREE_ADDRESS = "https://api.deepl.com", "https://api-free.deepl.com"
TARGETS = {"en": "EN-GB", "pt": "PT-PT"}  # as a target these need a country


class DeepL(Translator):
    name = "DeepL"
    max_texts = 50
    max_bytes = 100_000  # of 128 KiB, for what JSON adds

    def __init__(self, url: str, key: str = "", seconds: float = 30) -> None:
        """The keys of free accounts end in `:fx` and work at another address."""
        super().__init__(url or (FREE_ADDRESS if key.endswith(":fx") else ADDRESS), key, seconds)

    def translate(
        self, texts: Sequence[str], source_language: str, target_language: str, glossary: str = ""
    ) -> list[str]:
        payload = {
            "text": list(texts),
            "source_lang": source_language.partition("-")[0].upper(),
            "target_lang": TARGETS.get(target_language, target_language).upper(),
            "tag_handling": "html",
            **({"glossary_id": glossary} if glossary else {}),
        }
        answer = post(
            f"{self.url}/v2/translate", payload, {"Authorization": f"DeepL-Auth-Key {self.key}"}, self.seconds
        )
        rows = answer.get("translations") if isinstance(answer, dict) else None
        found = [row.get("text") if isinstance(row, dict) else None for row in rows] if isinstance(rows, list) else None
        return checked(found, texts)
