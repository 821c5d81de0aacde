"""What one person has sent, compared with what she may write."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from translation import access, writing
from translation.models import Submission, Via

from . import archives, formats, planning
from .models import Upload
from .planning import UUID, Decision, Outcome, Plan
from .units import Document, FileRefused


@dataclass
class File:
    """One file, and what it would change or why it cannot."""

    name: str
    plan: Plan | None = None
    via: Via = Via.PO
    refused: str = ""


def look(upload: Upload, user: Any) -> list[File]:
    """Every file of the upload, one for each; nothing is written."""
    data = upload.content()
    if upload.translation_pk is not None:
        translation = access.translation_to_write(user, upload.translation_pk)
        return [_one(upload.name, data, translation)]
    try:
        contents = archives.read(data) if formats.is_zip(data) else [(upload.name, data)]
    except FileRefused as error:
        return [File(upload.name, refused=str(error))]
    files = [_of_language(name, content, upload.language, user) for name, content in contents]
    _refuse_two_for_one_page(files)
    return files


def _one(name: str, data: bytes, translation: Translation) -> File:
    try:
        if formats.is_zip(data):
            raise FileRefused(_("This is a ZIP file. Unpack it, or send it where the whole language is exchanged."))
        document, via = formats.read(data)
        return _planned(name, document, translation, via)
    except FileRefused as error:
        return File(name, refused=str(error))


def _of_language(name: str, data: bytes, language: str, user: Any) -> File:
    try:
        document, via = formats.read(data)
        return _planned(name, document, _translation(document, language, user), via)
    except FileRefused as error:
        return File(name, refused=str(error))


def _planned(name: str, document: Document, translation: Translation, via: Via) -> File:
    if Submission.objects.of(translation).open().exists():
        raise FileRefused(_("This translation is in review; its texts cannot be changed until that has ended."))
    return File(name, planning.plan(document, translation), via)


def _translation(document: Document, language: str, user: Any) -> Translation:
    if not UUID.fullmatch(document.key):
        raise FileRefused(_("The file does not say which page it is for. Send it from the page of that translation."))
    found = Translation.objects.filter(uuid=document.key, target_locale__language_code=language).first()
    if found is None:
        raise FileRefused(_("The page of this file was deleted, or the file is for another language."))
    try:
        return access.translation_to_write(user, found.pk)
    except Http404 as error:
        raise FileRefused(_("The page of this file was deleted, or the file is for another language.")) from error
    except PermissionDenied as error:
        raise FileRefused(str(error) or _("You may not change the texts of this page.")) from error


def _refuse_two_for_one_page(files: list[File]) -> None:
    by_translation: dict[int, list[File]] = defaultdict(list)
    for file in files:
        if file.plan:
            by_translation[file.plan.translation.pk].append(file)
    for same in by_translation.values():
        if len(same) > 1:
            names = ", ".join(file.name for file in same)
            for file in same:
                file.plan = None
                file.refused = _("Several files are for the same page: %(names)s. Send only one.") % {"names": names}


def apply(files: list[File], decisions: Mapping[tuple[int, int], Decision], user: Any) -> Outcome:
    """Page by page: what is chosen for one page is written whole or not at all."""
    total = Outcome()
    for number, file in enumerate(files):
        if file.plan:
            own = {row: decision for (of_file, row), decision in decisions.items() if of_file == number}
            try:
                total.add(planning.apply(file.plan, own, user=user, via=file.via))
            except (PermissionDenied, writing.Refused):  # handed in, locked or changed since it was shown
                total.changed_meanwhile += len(own)
    return total
