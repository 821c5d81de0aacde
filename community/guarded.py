"""The guard in forms whose texts are no comments: one way for all of them."""

from collections.abc import Collection
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.guard import Kind

from . import text
from .reasons import HoldReason
from .screening import Draft, Finding, Verdict, privacy, public_faults, screen

# Where only moderators read and the text may have to say what stands in a comment: a number with check digits is
# never needed for it, since the comment is known. An address may be what the whole matter is about.
NEVER_NEEDED = frozenset({Kind.IBAN, Kind.ID_NUMBER})


class Guarded(forms.Form):
    """Looks for personal data in each of its free texts and says beside the field which words it means.

    What is certain has to go. Of the rest the writer is told once where `asks` is set, and the same words sent again
    are taken. In `public` fields others read the words at once and nobody can hold them: whatever is found has to go.
    A guard that breaks takes nothing in either; where neither is set it stops nobody, since moderators read the text.
    """

    guarded: tuple[str, ...] = ()
    public: tuple[str, ...] = ()
    refuses: Collection[Kind] = frozenset(Kind)
    asks = False

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        language = self.language_of_texts(given)
        for field in self.guarded:
            if isinstance(given.get(field), str):
                given[field] = text.clean(given[field])
                self._inspect(field, given[field], language)
        return given

    def language_of_texts(self, given: dict[str, Any]) -> str:
        return given.get("language") or get_language() or ""

    def _inspect(self, field: str, words: str, language: str) -> None:
        draft = Draft(page=None, thread=None, user=None, name="", text=words, language=language)
        if field in self.public:
            certain, doubtful = public_faults(draft), []
        else:
            found = screen(draft, (privacy.no_personal_data,))
            certain = [one for one in found if self._must_go(one)]
            doubtful = [one for one in found if one not in certain] if self.asks else []
        mark = sha256(words.encode()).hexdigest()
        if doubtful and not certain:
            self.fields[field].warned_of = mark  # type: ignore[attr-defined]  # printed with the field
            if self.data.get(self.add_prefix(f"{field}-warned")) == mark:
                return
        said: list[str] = [_in_words(words, one) for one in [*certain, *doubtful]]
        if said and not certain:
            said.append(_("If it must stay, send it once more as it is."))
        if said:
            self.add_error(field, said)  # a list is taken

    def _must_go(self, finding: Finding) -> bool:
        if finding.code == HoldReason.BROKEN:
            return self.asks
        return finding.verdict is Verdict.REFUSE and finding.code in self.refuses


def _in_words(words: str, finding: Finding) -> SafeString:
    """What is said of the words, and the words."""
    marks = " ".join(f"<mark>{escape(words[hit.start : hit.end])}</mark>" for hit in finding.hits)
    return mark_safe(f"{escape(finding.message)} {marks}")
