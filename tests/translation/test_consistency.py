"""The same text translated in two ways is told, without telling what somebody may not read."""

import pytest
from wagtail.models import PageViewRestriction
from wagtail_localize.models import StringTranslation

from library.models import TopicIndexPage
from tests.factories import make_home, make_index, make_topic
from tests.factories.editing import make_user
from translation import memory
from translation.consistency import inconsistent

from .remembering import finish, say, segment, submit

pytestmark = pytest.mark.django_db

WORDS = "Ask before you post a photo."


@pytest.fixture
def camille(db):
    make_home("fr")
    make_index(TopicIndexPage, "topics", "fr")
    return make_user("Translators fr")


def topic(title):
    return make_topic(title=title, definition=f"<p>{WORDS}</p>")


def problems(translation, user):
    here = segment(translation, WORDS)
    said = StringTranslation.objects.get(context=here.context, locale=translation.target_locale)
    return inconsistent(said.data, memory.suggestions(translation, user, [here])[here.pk])


def test_another_translation_of_the_same_text_is_a_warning(camille):
    old, new = submit(topic("One")), submit(topic("Two"))
    say(old, WORDS, "Demandez avant de publier.")
    finish(old)
    say(new, WORDS, "Posez la question.")
    [problem] = problems(new, camille)
    assert (problem.code, problem.level) == ("inconsistent", "warning")
    assert "Demandez avant de publier." in problem.message
    third = submit(topic("Three"))
    say(third, WORDS, "Posez  la question.")
    finish(third, "Texte")
    assert not problems(new, camille), "one of the two is the same"


def test_the_same_translation_a_machine_and_a_closed_page_are_no_warning(camille):
    same, machine, closed, new = (submit(topic(title)) for title in ("One", "Two", "Three", "Four"))
    say(machine, WORDS, "Demander avant postage de la photo.", "machine")
    say(closed, WORDS, "Une autre, et secrète.")
    page = finish(closed)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    say(new, WORDS, "Posez la question.")
    assert not problems(new, None)
    say(same, WORDS, "Posez la question.")
    assert not problems(new, camille)
