"""In a language of long words no text of the interface is left untranslated, cut off or wider than the screen."""

import pytest

from tests.e2e import pseudo
from tests.e2e.pages import NOWHERE, longest_of_each_type, views
from tests.e2e.test_moderators_desk import QUEUE, desk, opened  # noqa: F401

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.content]


@pytest.fixture
def reader(loaded_site, live_server, page):
    paths = longest_of_each_type()
    found = pseudo.Reader(page, pseudo.contents())
    with pseudo.spoken():
        yield found, paths


def test_texts_are_about_as_long_as_in_german():
    text = "What somebody else has changed meanwhile is shown beside your text."
    assert 1.3 < len(pseudo.said(text)) / len(text) < 1.5
    assert pseudo.said("<b>%(done)s</b> of {all} &amp; 10%%") == "<b>%(done)s</b> ŏŏƒ {all} &amp; 10%%"


def test_readers_find_no_text_bare_or_cut_off(reader, live_server):
    reading, paths = reader
    wrong = [
        fault for path in [*paths, *views(), f"/en/{NOWHERE}"] for fault in reading.faults(f"{live_server.url}{path}")
    ]
    assert not wrong, "\n".join(wrong)


def test_moderators_find_no_text_bare_or_cut_off(desk, live_server, page):  # noqa: F811
    rows, session = desk
    page.set_default_timeout(60_000)
    opened(page, live_server, session)
    one = f"{QUEUE}{rows[3].public_id}/"
    reading = pseudo.Reader(page, pseudo.contents())
    with pseudo.spoken():
        paths = [QUEUE, one, f"{one}danger/", f"{QUEUE}log/"]
        wrong = [fault for path in paths for fault in reading.faults(f"{live_server.url}{path}", ".desk")]
    assert not wrong, "\n".join(wrong)
