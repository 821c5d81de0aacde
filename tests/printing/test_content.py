"""The first content on paper, in languages that have much of it, some and little."""

import pytest

from printing import background, book
from printing.models import Book
from tests.printing.reading import reader

pytestmark = [pytest.mark.django_db, pytest.mark.content, pytest.mark.usefixtures("loaded_site")]


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_book_and_deck_meet_the_standard(client, settings, tmp_path, language):
    settings.MEDIA_ROOT = tmp_path
    settings.WAGTAILADMIN_BASE_URL = "http://testserver"
    background.ask_for(language)
    book.make(language)
    assert book.is_current(Book.objects.get())
    made = client.get(f"/{language}/book/pdf/").content
    assert len(reader(made).pages) > 40
    assert client.get(f"/{language}/cards/pdf/").status_code == 200
