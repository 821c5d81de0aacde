"""The memory's buttons with scripts, and the question about changed texts as axe sees it."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect
from wagtail_localize.models import TranslationSource

from library.models import TopicIndexPage
from tests.e2e.conftest import window  # noqa: F401
from tests.factories import make_home, make_index
from tests.factories.editing import signed_in
from translation import writing

from .remembering import edit, finish, say, segment, submit, sync
from .test_memory import MOTS, WORDS, topic
from .test_workbench_in_browser import RULES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OLD, NEW = "The police answer within 50 hours.", "The police answer within 30 hours."


@pytest.fixture
def page(db):
    make_home("fr")
    make_index(TopicIndexPage, "topics", "fr")
    old = submit(topic("Photos", WORDS))
    say(old, WORDS, MOTS)
    finish(old)
    page = topic("Other", OLD, "Second paragraph.")
    translation = submit(page)
    say(translation, OLD, "La police répond sous 50 heures.")
    finish(translation)
    edit(page, definition=f"<p>{NEW}</p><p>{WORDS}</p>")
    return page


def sign_in(opened, live_server, group):
    session = signed_in(group).cookies["sessionid"].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
    opened.context.add_cookies([cookie])


def assert_accessible(page):
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("([where, rules]) => axe.run(where, rules)", [{"include": [["main"]]}, RULES])
    ours = [one["id"] for one in found["violations"] if "header" not in str(one["nodes"][0]["target"])]
    assert not ours, found["violations"]


def test_question_about_changed_texts(page, window, live_server):  # noqa: F811
    opened = window()
    sign_in(opened, live_server, "Editors")
    source = TranslationSource.objects.get_for_instance(page)
    opened.goto(live_server.url + reverse("translation_changes", args=[source.pk]))
    expect(opened.locator("del", has_text="50")).to_be_visible()
    assert_accessible(opened)
    opened.get_by_label("The meaning is the same").check()
    opened.get_by_role("button", name="Hand out the texts").click()
    expect(opened.get_by_text("stays valid")).to_be_visible()


def test_suggestion_goes_into_the_field_by_its_button(page, window, live_server):  # noqa: F811
    translation = sync(submit(page))
    opened = window()
    sign_in(opened, live_server, "Translators fr")
    opened.goto(live_server.url + reverse("translation_workbench", args=["fr", translation.pk]))
    one = segment(translation, WORDS)
    text = opened.locator(f"#s-{one.pk}")
    text.get_by_role("button", name="Use").click()
    expect(text.locator("textarea").first).to_have_value("Demandez à la ⟨1⟩police⟨/1⟩ avant de publier une photo.")
    expect(text.locator("[data-bench-state]")).to_have_text("done")
    assert writing.current(translation, one).data == MOTS
