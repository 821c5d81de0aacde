"""Names to show: one name, one account, and no name that claims an office."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from portal import stamps
from portal.languages import active_language
from portal.prepared import Prepared

from .models import CommentState, Member, RetiredName
from .models.members import MAX_NAME

# Offices that only the site gives out, and those of the police and the law, in the seven languages of the site.
# Compared after folding, word by word; a star stands for any ending.
RESERVED = """
admin* moderat* moderador* editor* staff support official webmaster anonymous deleted coordinat* koordinat* coordinad*
redact* redakt* redaz* redaccio* beheer* verwalt* amminist* administ* gestor medewerker helpdesk
police policeman policewoman policing politie* *politie wijkagent *polizei *polizist* kripo polizia poliziotto
poliziotta policia policial marechaussee gendarm* carabiniere carabinieri constable sheriff mossos europol interpol
guardia prosecutor magistrate procureur staatsanwalt fiscal emergency notruf secours emergenza emergencia 112 911 999
полиц* поліц* модератор* админ* редак*
"""
# Letters of other alphabets, and signs, that pass for Latin letters: enough to stop “аdmin” with a Cyrillic а.
LETTERS = str.maketrans("аеорсухкмтвніїјѕԁԛԝһӏүѵґαεορυχκτινβζμγıøłđħɡ", "aeopcyxkmtbhiijsdqwhlyvraeopuxktivbzmyioldhg")
# Capitals of those alphabets that pass for other letters than their small ones do.
CAPITALS = str.maketrans("ΗΝΥΡΧϹВНРСУХЗ", "HNYPXCBHPCYX3")
STROKES = (str.maketrans("I|", "ll"), str.maketrans("l|", "II"))
SIGNS = str.maketrans("013457@$", "oieastas")

_reserved = re.compile("|".join(re.escape(word.translate(LETTERS)).replace(r"\*", r"\w*") for word in RESERVED.split()))


def fold(name: str) -> str:
    """The form in which two names count as the same: case, accents, width, look-alikes and signs do not matter."""
    return "".join(_words(name))


def look_alikes(name: str) -> set[str]:
    """The folded forms that a name can be read as: capitals of other alphabets, signs for letters, strokes alike."""
    readings = {name, name.translate(CAPITALS)}
    readings |= {reading.translate(table) for reading in list(readings) for table in (SIGNS, *STROKES)}
    return {fold(reading) for reading in readings}


def clean(name: str) -> str:
    """The name as it is kept: one line, single spaces, nothing invisible, nothing that turns the direction."""
    name = unicodedata.normalize("NFC", name)
    visible = (" " if char.isspace() else char for char in name if char.isspace() or _is_visible(char))
    return " ".join("".join(visible).split())


def problem(name: str, *, owner: Any = None) -> str:
    """What is wrong with a cleaned name, in plain words; empty when nothing is. `owner` may keep his own."""
    folded = fold(name)
    if not any(char.isalpha() for char in folded):
        return _("Choose a name with at least one letter.")
    if len(name) > MAX_NAME:
        return _("Choose a shorter name: at most %(number)d characters.") % {"number": MAX_NAME}
    if "@" in name or "://" in name or "www." in name.lower():
        return _("Choose a name that is not an address: everybody can read it.")
    if _claims_office(name):
        return _("This name claims an office. You may say what you do in your text, but choose another name.")
    forms = look_alikes(name)
    taken = Member.objects.filter(folded_name__in=forms)
    if owner is not None:
        taken = taken.exclude(user_id=owner.pk)
    if taken.exists() or is_retired(forms):
        return _("Somebody with an account has this name, or one that looks the same. Choose another.")
    return ""


def member_of(user: Any) -> Member | None:
    """None for an account that has chosen no name yet."""
    return Member.objects.filter(user_id=user.pk).first()


def name_of(user: Any) -> str:
    return next((name for (name,) in _names_of(user.pk)), "")


@Prepared.of(int)
def _names_of(account: int) -> QuerySet:
    return Member.objects.filter(user_id=account).values_list("display_name")


@transaction.atomic
def give_name(*, user: Any, name: str, language: str = "") -> Member:
    """Name an account, or rename it and everything it wrote. Does not ask whether the name is allowed."""
    member = member_of(user) or Member(user=user, language=active_language())
    renamed = bool(member.pk) and member.display_name != name
    member.display_name = name
    member.folded_name = fold(name)
    member.language = language or member.language
    member.save()
    if renamed:
        _rename_comments(user, name)
    return member


def retire(name: str) -> None:
    """The name of an account that is erased: nobody takes it over, and all that is kept of it is a keyed digest."""
    RetiredName.objects.get_or_create(digest=_digest(fold(name), settings.SECRET_KEY))


def is_retired(forms: Iterable[str]) -> bool:
    """Whether one of these folded forms was that of an account which is erased."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [_digest(form, key) for form in forms for key in keys]
    return RetiredName.objects.filter(digest__in=digests).exists()


def _digest(folded: str, key: str | bytes) -> str:
    return salted_hmac("community.names.retired", folded, secret=key, algorithm="sha256").hexdigest()


def _rename_comments(user: Any, name: str) -> None:
    from django_comments_xtd.models import XtdComment

    named = CommentState.objects.of_account(user).exclude(comment__user_name="").exclude(thread__by_role=True)
    rows = list(named.values_list("comment_id", "thread__translation_key"))
    XtdComment.norel_objects.filter(pk__in=[pk for pk, _key in rows]).update(user_name=name)
    stamps.touch("comments", *{stamps.subject(key) for _pk, key in rows})


def _is_visible(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cf", "Co", "Cs", "Cn"}


def _words(name: str) -> list[str]:
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    letters = "".join(char for char in text if unicodedata.category(char) not in {"Mn", "Me", "Cf", "Cc"})
    return re.findall(r"[^\W_]+", letters.translate(LETTERS))


def _claims_office(name: str) -> bool:
    # Signs and digits are read as the letters they pass for, or as nothing, before the name is cut into words.
    forms = (name, name.translate(SIGNS), name.translate(CAPITALS), re.sub(r"\d", " ", name))
    words = [word for form in forms for word in _words(form)]
    together = ["".join(_words(form)) for form in forms]
    return any(_reserved.fullmatch(word) for word in [*words, *together])
