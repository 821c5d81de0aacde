"""A photo whose consent has ended is at none of its old addresses."""

import datetime
import io

import pytest
from django.core.files.images import ImageFile
from django.core.management import call_command
from django.utils import timezone
from PIL import Image

from portal import periodic, withholding
from portal.models import Consent, PortalImage
from tests.factories.sections import make_consent

pytestmark = pytest.mark.django_db(transaction=False)


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def photo():
    data = io.BytesIO()
    Image.new("RGB", (40, 40)).save(data, "PNG")
    return PortalImage.objects.create(
        title="Photo",
        file=ImageFile(data, name="faces.png"),
        description="Two people.",
        credit="C",
        licence="L",
        consent=make_consent(kind="photo"),
    )


def names(settings):
    return {path.relative_to(settings.MEDIA_ROOT).as_posix() for path in settings.MEDIA_ROOT.rglob("*.png")}


def withdraw(consent):
    consent.withdrawn_on = timezone.localdate()
    consent.save()


def run_out(consent):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Consent.objects.filter(pk=consent.pk).update(expires_on=yesterday)
    call_command("withhold_images")


def test_images_that_lie_where_they_should_are_not_looked_at_one_by_one(photo, django_assert_num_queries):
    hidden = PortalImage.objects.create(title="S", file=photo.file.name, consent=make_consent("expired", "photo"))
    assert hidden.file.name.startswith("withheld/")
    with django_assert_num_queries(1):
        assert withholding.settle_all() == 0


def test_an_image_whose_consent_ran_out_is_hidden_within_a_minute():
    assert periodic.JOBS["withhold_images"].every <= datetime.timedelta(minutes=1)


@pytest.mark.parametrize("end", [withdraw, run_out])
def test_the_old_addresses_are_gone_and_the_file_is_kept(settings, photo, end, django_capture_on_commit_callbacks):
    photo.get_rendition("width-20")
    before = names(settings)
    assert len(before) == 2
    with django_capture_on_commit_callbacks(execute=True):
        end(photo.consent)
    (after,) = names(settings)
    assert after.startswith("withheld/")
    assert "faces" not in after
    photo.refresh_from_db()
    assert photo.file.name == after
    assert not photo.renditions.exists()
    # What the admin makes of it does not tell the old name, or any that could be guessed.
    assert "faces" not in photo.get_rendition("max-165x165").file.name


def test_a_consent_given_anew_shows_the_image_under_another_name(settings, photo, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(photo.consent)
    withheld = PortalImage.objects.get().file.name
    with django_capture_on_commit_callbacks(execute=True):
        photo.consent.withdrawn_on = None
        photo.consent.save()
    (released,) = names(settings)
    assert released.startswith("original_images/")
    assert released.rpartition("/")[2] != withheld.rpartition("/")[2]


def test_an_image_given_an_ended_consent_is_hidden_at_once(photo):
    photo.consent = make_consent("withdrawn", kind="photo")
    photo.save()
    assert photo.file.name.startswith("withheld/")


def test_a_valid_consent_and_none_move_nothing(settings, photo):
    before = names(settings)
    call_command("withhold_images")
    photo.consent = None
    photo.save()
    assert names(settings) == before


def test_a_lost_file_stops_nothing(settings, photo):
    (settings.MEDIA_ROOT / photo.file.name).unlink()
    withdraw(photo.consent)
    assert PortalImage.objects.get().file.name == photo.file.name
