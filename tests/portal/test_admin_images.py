"""An image says what it shows, or that it shows nothing a reader needs; who made it, and under which licence."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection

from portal.models import PortalImage
from tests.factories import make_home
from tests.factories.editing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def editor():
    make_home()
    return signed_in("Editors")


def file():
    data = io.BytesIO()
    Image.new("RGB", (4, 4)).save(data, "PNG")
    return SimpleUploadedFile("picture.png", data.getvalue(), "image/png")


def add(editor, **fields):
    sent = {"title": "Picture", "file": file(), "credit": "Somebody", "licence": "CC BY 4.0", **fields}
    return editor.post(reverse("wagtailimages:add"), {"collection": Collection.get_first_root_node().pk, **sent})


def test_image_with_words_is_kept_and_they_are_its_text_alternative(editor):
    add(editor, description="Two people at a map.")
    assert PortalImage.objects.get().default_alt_text == "Two people at a map."


def test_decorative_image_is_kept_with_an_empty_alternative(editor):
    add(editor, is_decorative="on")
    assert PortalImage.objects.get().default_alt_text == ""


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "description"),
        ({"description": "Words", "is_decorative": "on"}, "description"),
        ({"description": "Words", "credit": ""}, "credit"),
        ({"description": "Words", "licence": ""}, "licence"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(editor, fields, field):
    response = add(editor, **fields)
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not PortalImage.objects.exists()
