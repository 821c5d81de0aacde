"""A machine fills gaps: what is sent, what is kept, what it may cost, and that nothing is lost when it fails."""

import datetime

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from portal import outbox
from portal.models import OutboxRow
from tests.factories import locale
from tests.factories.editing import make_user
from translation import states, writing
from translation.machine import running
from translation.machine.failures import Failure
from translation.machine.plan import is_for_machines
from translation.machine.services import service as configured
from translation.models import MachineUse, State, TextEvent, Via

from . import service as services
from .conftest import segment, texts

pytestmark = pytest.mark.django_db
RING = 'Ring <b>the bell</b> &amp; read <a id="a1">the rules</a>.'
TYPE = "Type <code>lamp on</code> twice."


def fill(translation, user):
    use = running.ask(translation, user)
    outbox.drain(running.TOPIC)
    use.refresh_from_db()
    assert not OutboxRow.objects.pending().filter(topic=running.TOPIC).exists()
    return use


def state(translation):
    row = next(one for one in states.count(translation.source.object_id) if one.locale_id == locale("fr").pk)
    return row.state


def test_gaps_are_filled_as_unread_machine_texts_and_nothing_is_published(service, translation, translator):
    """55: only a machine's, so “unread”, and not complete."""
    use = fill(translation, translator)
    assert (use.failure, use.left_out) == ("", [])
    found = texts(translation)
    assert found["Lanterns at night"] == "LANTERNS AT NIGHT"
    assert found[RING] == 'RING <b>THE BELL</b> &amp; READ <a id="a1">THE RULES</a>.'
    rows = StringTranslation.objects.all()
    assert {(row.translation_type, row.tool_name, row.last_translated_by, row.has_error) for row in rows} == {
        ("machine", "LibreTranslate", translator, False)
    }
    assert use.texts == len(found)
    page = translation.get_target_instance()
    assert (page.live, page.title) == (False, "Lanterns at night")
    assert {event.via for event in TextEvent.objects.all()} == {Via.MACHINE}


def test_all_texts_of_a_machine_is_the_state_unread(service, translation, translator):
    """55"""
    fill(translation, translator)
    for one in translation.source.stringsegment_set.exclude(string__data__in=texts(translation)):
        writing.write(translation, one, one.string.data, user=translator, via=Via.EDITOR)
    assert state(translation) == State.MACHINE


def test_addresses_slugs_and_numbers_are_not_sent(service, translation, translator):
    fill(translation, translator)
    sent = " ".join(service.texts)
    assert "Lanterns at night" in sent
    assert "example.org" not in sent
    assert "2017" not in service.texts
    assert not any("slug" in row.context.path for row in StringTranslation.objects.all())


@pytest.mark.parametrize(
    ("path", "text", "is_sent"),
    [
        ("title", "Lanterns", True),
        ("body.1.text", "See https://example.org for more", True),
        ("body.1.text", "Écrivez à press@example.org", True),
        ("slug", "lanterns", False),
        ("items.1.slug", "lanterns", False),
        ("body.1.text", "<b>https://example.org/a?b=c&amp;d</b>", False),
        ("body.1.text", "www.example.org", False),
        ("body.1.text", "//example.org/x", False),
        ("body.1.text", "/fr/contact/", False),
        ("body.1.text", "mailto:press@example.org", False),
        ("body.1.text", "press@example.org", False),
        ("body.1.text", "tel:+33123", False),
        ("body.1.text", "2017 &ndash; 2018 €", False),
        ("body.1.text", "&nbsp;", False),
    ],
)
def test_what_is_for_a_machine(path, text, is_sent):
    assert is_for_machines(path, text) == is_sent


def test_code_is_marked_to_stay_and_a_changed_one_is_not_kept(service, translation, translator):
    service.translate = lambda text: services.shout(text).replace("lamp on", "lampe an")
    use = fill(translation, translator)
    assert 'Type <code translate="no">lamp on</code> twice.' in service.texts
    assert texts(translation).get(TYPE) is None
    assert [(one["text"], one["why"]) for one in use.left_out] == [
        ("Type lamp on twice.", "What must stay as it is was changed.")
    ]
    service.translate = lambda text: text.replace("Type", "Tapez").replace("twice", "deux fois")
    fill(translation, translator)
    assert texts(translation)[TYPE] == "Tapez <code>lamp on</code> deux fois."


@pytest.mark.parametrize(
    "answer",
    [
        lambda text: text.replace("<b>", "").replace("</b>", ""),  # formatting lost is for a person to judge
    ],
)
def test_what_only_looks_wrong_is_kept_for_a_person_to_read(service, translation, translator, answer):
    service.translate = lambda text: answer(services.shout(text)) if "<b>" in text else services.shout(text)
    fill(translation, translator)
    assert segment(translation, RING).string.data in texts(translation)


@pytest.mark.parametrize(
    "answer",
    [
        lambda text: text + "<script>alert(1)</script>",
        lambda text: text.replace("<b>", '<b onclick="x()">'),
        lambda text: text.replace('<a id="a1">', '<a href="javascript:x()">'),
        lambda text: text.replace('id="a1"', 'id="a7"'),
        lambda text: text.replace('<a id="a1">', "").replace("</a>", ""),  # the link is lost
        lambda text: text.replace("</b>", ""),
        lambda text: "",
        lambda text: "   &nbsp; ",
        lambda text: "<b></b>",
        lambda text: text * 60,
    ],
)
def test_answers_that_would_break_the_page_are_told_and_not_kept(service, translation, translator, answer):
    """56, P17: bad HTML is not kept as if it were a translation, the rest is, and it can be asked for again."""
    service.translate = lambda text: answer(services.shout(text)) if "<b>" in text else services.shout(text)
    use = fill(translation, translator)
    assert "Ring the bell & read the rules." in [one["text"] for one in use.left_out]
    assert all(one["why"] for one in use.left_out)
    assert RING not in texts(translation)
    assert texts(translation)["About lanterns."] == "ABOUT LANTERNS."
    service.translate = services.shout
    fill(translation, translator)
    assert RING in texts(translation)


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        (services.silent, Failure.LATE),
        (services.failing(413), None),  # each text alone is too large, and is told one by one
        (services.failing(429, Retry_After="60"), Failure.BUSY),
        (services.failing(500), Failure.BROKEN),
        (services.failing(301, Location="http://127.0.0.1:1/"), Failure.ELSEWHERE),
        (services.saying(b"<html>"), Failure.GARBLED),
        (services.saying({"translatedText": ["one"]}), Failure.COUNT),
        (services.breaking_off, Failure.GARBLED),
        (services.endless, Failure.GARBLED),
        (services.hanging_up, Failure.AWAY),
    ],
)
def test_when_the_service_fails_nothing_is_lost_and_it_can_be_asked_again(
    service, translation, translator, behaviour, expected
):
    """56: also from a text that a person has written meanwhile."""
    mine = segment(translation, "About lanterns.")
    writing.write(translation, mine, "Des lanternes.", user=translator, via=Via.EDITOR)
    service.behaviours = [behaviour]
    use = fill(translation, translator)
    assert use.failure == (expected or "")
    assert bool(use.left_out) == (expected is None)
    assert texts(translation) == {"About lanterns.": "Des lanternes."}
    assert not translation.get_target_instance().live
    MachineUse.objects.update(wait_until=None)
    service.behaviours = []
    assert fill(translation, translator).texts > 0
    assert texts(translation)["About lanterns."] == "Des lanternes."


def test_pause_that_the_service_asks_for_is_kept_to(service, translation, translator):
    service.behaviours = [services.failing(429, Retry_After="600")]
    assert fill(translation, translator).wait_until > timezone.now() + datetime.timedelta(minutes=9)
    with pytest.raises(running.NotNow, match="Ask again after"):
        running.ask(translation, translator)
    MachineUse.objects.update(wait_until=timezone.now())
    service.behaviours = []
    assert fill(translation, translator).failure == ""


def test_answers_before_a_failure_are_kept(service, translation, translator, monkeypatch):
    monkeypatch.setattr(type(configured()), "max_texts", 1)
    service.behaviours = [services.answering, services.failing(500)]
    use = fill(translation, translator)
    assert (use.failure, use.texts, len(texts(translation))) == (Failure.BROKEN, 1, 1)
    assert use.words == use.spent == states.words(next(iter(texts(translation))))


def test_too_much_at_once_is_sent_in_halves(service, translation, translator):
    def up_to_two(handler, asked):
        handler.send(413, {}) if len(asked["q"]) > 2 else services.answering(handler, asked)

    service.behaviours = [up_to_two]
    use = fill(translation, translator)
    assert use.failure == ""
    assert "About lanterns." in texts(translation)
    assert len(service.texts) > len(set(service.texts))


def test_text_that_stands_twice_is_sent_and_paid_once(service, translation, translator):
    english = translation.source.get_source_instance()
    english.summary = english.title
    english.save_revision().publish()
    translation.source.update_from_db()
    fill(translation, translator)
    assert service.texts.count("Lanterns at night") == 1
    rows = StringTranslation.objects.filter(translation_of__data="Lanterns at night")
    assert {row.context.path for row in rows} == {"title", "summary"}


def test_person_who_writes_while_the_machine_works_wins(service, translation, translator):
    planned = running.plan(translation, 1000)
    one = segment(translation, "About lanterns.")
    writing.write(translation, one, "Des lanternes.", user=translator, via=Via.EDITOR)
    use = MachineUse.objects.create(
        translation_key=translation.source.object_id, locale=locale("fr"), user=translator, words=9, service="x"
    )
    running.Run(use, lambda seconds: None).keep(planned, "x", {"About lanterns.": "Autre", TYPE: TYPE + "!"})
    assert texts(translation)["About lanterns."] == "Des lanternes."
    assert (use.texts, use.left_out) == (1, [])


def test_erroneous_text_of_a_person_is_left_to_that_person(service, translation, translator):
    one = segment(translation, "About lanterns.")
    row = writing.write(translation, one, "Des lanternes.", user=translator, via=Via.EDITOR)
    StringTranslation.objects.filter(pk=row.pk).update(has_error=True)
    fill(translation, translator)
    assert texts(translation)["About lanterns."] == "Des lanternes."
    StringTranslation.objects.filter(pk=row.pk).update(translation_type="machine")
    fill(translation, translator)
    assert texts(translation)["About lanterns."] == "ABOUT LANTERNS."


# What is sent to others


def test_texts_that_not_everybody_may_read_are_not_sent(service, translation, translator):
    english = translation.source.get_source_instance()
    PageViewRestriction.objects.create(page=english, restriction_type="login")
    with pytest.raises(running.NotNow, match="everybody may read"):
        running.ask(translation, translator)
    PageViewRestriction.objects.all().delete()
    use = running.ask(translation, translator)
    Page.objects.get(pk=english.pk).unpublish()  # before it is its turn
    outbox.drain(running.TOPIC)
    use.refresh_from_db()
    assert (use.failure, service.asked) == (Failure.NOT_PUBLIC, [])


def test_text_that_was_taken_out_of_the_page_is_not_sent_although_the_source_still_has_it(
    service, translation, translator
):
    english = translation.source.get_source_instance()
    english.summary = "Something else."
    english.save_revision().publish()
    fill(translation, translator)
    assert "About lanterns." not in service.texts


def test_draft_of_the_original_is_not_sent(service, translation, translator):
    english = translation.source.get_source_instance()
    english.summary = "Undisclosed."
    english.save_revision()
    TranslationSource.objects.get(pk=translation.source_id).update_from_db()
    fill(translation, translator)
    assert "Undisclosed." not in service.texts


def test_off_by_default(translation, translator):
    with pytest.raises(running.NotNow):
        running.ask(translation, translator)
    assert not MachineUse.objects.exists()


def test_turned_off_before_its_turn(service, settings, translation, translator):
    use = running.ask(translation, translator)
    settings.MACHINE_TRANSLATION = ""
    outbox.drain(running.TOPIC)
    use.refresh_from_db()
    assert (use.failure, use.words, service.asked) == (Failure.OFF, 0, [])


# Who may


@pytest.mark.parametrize("what", ["group", "account", "translation", "lock"])
def test_right_is_asked_for_again_when_it_is_its_turn(service, translation, translator, what):
    use = running.ask(translation, translator)
    if what == "group":
        translator.groups.clear()
    elif what == "account":
        translator.delete()
    elif what == "translation":
        Translation.objects.update(enabled=False)
    else:
        Page.objects.filter(pk=translation.get_target_instance().pk).update(locked=True)
    outbox.drain(running.TOPIC)
    use.refresh_from_db()
    assert (use.failure, service.asked, use.words) == (Failure.GONE, [], 0)
    assert not StringTranslation.objects.exists()


# What it may cost


def test_budget_of_a_language_is_kept_from_the_top_of_the_page(service, settings, translation, translator):
    settings.MACHINE_TRANSLATION_WORDS = 6
    use = fill(translation, translator)
    sent = " ".join(service.texts)
    assert use.words == states.words(sent) <= 6
    assert sent.startswith("Lanterns at night")
    with pytest.raises(running.NotNow, match="used up"):
        running.ask(translation, translator)


def test_budget_is_of_one_month_and_one_language(service, settings, translation, translator):
    settings.MACHINE_TRANSLATION_WORDS = 6
    old = timezone.now() - datetime.timedelta(days=32)
    key = translation.source.object_id
    for language, at in (("fr", old), ("de", timezone.now())):
        MachineUse.objects.create(
            translation_key=key, locale=locale(language), words=6, asked_at=at, ended_at=at, service="x"
        )
    assert fill(translation, translator).texts > 0


def test_what_waits_is_reserved_and_not_asked_for_twice(service, translation, translator):
    use = running.ask(translation, translator)
    assert use.words > 0
    with pytest.raises(running.NotNow, match="at it already"):
        running.ask(translation, make_user("Coordinators"))
    assert MachineUse.objects.count() == 1


def test_what_the_service_refused_costs_nothing(service, translation, translator):
    service.behaviours = [services.failing(429)]
    assert fill(translation, translator).words == 0
    service.behaviours = [services.silent]
    assert fill(translation, translator).words > 0  # may stand on a bill


def test_worker_that_was_killed_in_the_middle_is_followed_by_another(service, translation, translator):
    """56: what was kept is not asked or paid for again."""
    use = running.ask(translation, translator)
    first = segment(translation, "Lanterns at night")
    writing.write(translation, first, "NUIT", user=translator, via=Via.MACHINE)
    MachineUse.objects.filter(pk=use.pk).update(spent=3, texts=1)
    outbox.drain(running.TOPIC)
    use.refresh_from_db()
    assert "Lanterns at night" not in service.texts
    assert use.texts == len(texts(translation))
    assert use.words == 3 + sum(map(states.words, service.texts))


def test_glossary_of_the_pair_is_named_to_deepl(service, settings, translation, translator):
    settings.MACHINE_TRANSLATION = "deepl"
    settings.MACHINE_TRANSLATION_KEY = "k"
    settings.MACHINE_TRANSLATION_GLOSSARIES = ["en-de:g0", "en-fr:g1"]
    assert fill(translation, translator).texts > 0
    assert {asked["glossary_id"] for asked in service.asked} == {"g1"}


def test_translator_of_another_language_fills_nothing(service, translation):
    spanish = make_user("Translators es")
    use = running.ask(translation, spanish)
    outbox.drain(running.TOPIC)
    use.refresh_from_db()
    assert (use.failure, service.asked) == (Failure.GONE, [])
