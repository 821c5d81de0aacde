"""The files of images whose consent has ended.

Pages stop showing such an image by themselves, but its files lie in a folder that the web server hands out to
whoever knows their names. So the file gets a name that nobody can know, and the versions made of it are deleted. It
is kept for the editors, and shown again under yet another name if the consent is given anew. What readers, or other
sites, have copied before is beyond reach.
"""

import secrets
from collections.abc import Iterable
from pathlib import PurePosixPath

from django.db import transaction
from django.db.models import Q

from .models import Consent, PortalImage

FOLDER = "withheld"
SHOWN = "original_images"


def settle(images: Iterable[PortalImage]) -> int:
    """Hide or release the files of `images` as their consents say today; returns how many were moved."""
    return sum(_settle(image) for image in images)


def settle_all() -> int:
    """The same for all images whose consent has begun or ended since; one query where there are none."""
    images = PortalImage.objects.filter(consent__isnull=False)
    hidden, valid = Q(file__startswith=f"{FOLDER}/"), Q(consent__in=Consent.objects.valid())
    return settle(images.filter((hidden & valid) | (~hidden & ~valid)))


def _settle(image: PortalImage) -> bool:
    name = image.file.name or ""
    is_hidden = PurePosixPath(name).parts[:1] == (FOLDER,)
    may_be_shown = image.consent_id is None or Consent.objects.valid().filter(pk=image.consent_id).exists()
    if is_hidden is not may_be_shown or not name or not image.file.storage.exists(name):
        return False
    _move(image, name, SHOWN if is_hidden else FOLDER)
    return True


def _move(image: PortalImage, name: str, folder: str) -> None:
    storage = image.file.storage
    with transaction.atomic():
        with storage.open(name) as kept:
            image.file.name = storage.save(f"{folder}/{secrets.token_urlsafe(24)}{PurePosixPath(name).suffix}", kept)
        for rendition in image.renditions.all():
            rendition.delete()  # Wagtail deletes its file
        image.save(update_fields=["file"])
        transaction.on_commit(lambda: storage.delete(name))
