"""The index follows what editors do, within their transaction."""

import datetime
import json
from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from PIL import Image
from taggit.models import Tag
from wagtail.models import Page, PageViewRestriction

from library.models import GlossaryPage, GlossaryTerm
from patterns.models import CollectionIndexPage, CollectionPage, PatternRelation
from portal.models import Consent, Platform, PortalImage, Term
from practices.models import PracticePattern
from search.models import Document
from search.service import search
from tests.factories import (
    locale,
    make_home,
    make_index,
    make_news,
    make_pattern,
    make_practice,
    make_workshop,
    translate,
)

pytestmark = pytest.mark.django_db


def urls(text, language="en", user=None):
    return [hit.url for hit in search(text, language=language, user=user).hits]


def test_a_published_page_is_found_at_once_and_an_unpublished_one_is_gone():
    pattern = make_pattern(title="Quokka watch")
    assert urls("quokka") == ["/en/patterns/quokka-watch/"]
    pattern.unpublish()
    assert urls("quokka") == []
    assert search("quokka", language="en").facets.get("kind", {}) == {}


def test_drafts_and_changes_not_yet_published_are_not_found():
    make_pattern(title="Quokka draft", live=False)
    pattern = make_pattern(title="Wombat")
    pattern.title = "Quokka instead"
    pattern.save_revision()
    assert urls("quokka") == []
    assert len(urls("wombat")) == 1
    pattern.get_latest_revision().publish()
    assert len(urls("quokka")) == 1
    assert urls("wombat") == ["/en/patterns/wombat/"]  # its address still says so


def test_a_deleted_page_is_gone():
    make_pattern(title="Quokka").delete()
    assert urls("quokka") == []


def test_a_moved_branch_is_found_under_its_new_address():
    pattern = make_pattern(title="Quokka watch")
    index = pattern.get_parent().specific
    index.slug = "schemes"
    index.save_revision().publish()
    assert urls("quokka") == ["/en/schemes/quokka-watch/"]
    other = make_index(type(index), "patterns", "fr")
    Page.objects.get(pk=pattern.pk).move(other, pos="last-child")
    moved = Page.objects.get(pk=pattern.pk).get_url()
    assert moved.startswith("/fr/")
    assert Document.objects.get(key=f"page:{pattern.pk}").url == moved


def test_a_restricted_page_is_found_only_by_those_who_may_read_it(django_user_model):
    practice = make_practice(title="Quokka practice", summary="A closed quokka")
    group = Group.objects.create(name="Working group")
    member = django_user_model.objects.create_user("member", password="x")
    stranger = django_user_model.objects.create_user("stranger", password="x")
    member.groups.add(group)
    restriction = PageViewRestriction.objects.create(
        page=practice.get_parent(), restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(group)
    assert urls("quokka") == urls("quokka", user=stranger) == []
    assert search("quokka", language="en").total == 0
    assert search("quokkas practise", language="en").did_you_mean == ""
    assert len(urls("quokka", user=member)) == 1
    restriction.delete()
    assert len(urls("quokka")) == 1


def test_an_expired_page_is_hidden_before_anything_else_notices():
    pattern = make_pattern(title="Quokka")
    Page.objects.filter(pk=pattern.pk).update(expire_at=timezone.now() - datetime.timedelta(minutes=1))
    assert urls("quokka") == []


def test_an_untranslated_page_is_found_in_other_languages_and_says_so():
    make_home("fr")
    pattern = make_pattern(title="Quokka watch")
    (hit,) = search("quokka", language="fr").hits
    assert (hit.url, hit.language) == ("/fr/patterns/quokka-watch/", "en")
    translate(pattern, "fr", title="Surveillance du quokka", slug="surveillance")
    (hit,) = search("quokka", language="fr").hits
    assert (hit.language, hit.versions[0].language) == ("fr", "en")
    assert hit.url.startswith("/fr/")
    assert hit.url.endswith("/surveillance/")


def test_all_texts_of_a_page_are_found_in_streams_and_fields():
    make_workshop(
        title="Berlin",
        aim="<p>An <b>aardvark</b> aim</p><ul><li>bandicoot</li></ul>",
        venue="Cassowary hall",
        guiding_questions=[("question", "Why dingo?")],
        body=[
            ("heading", "Echidna"),
            ("paragraph", "<p>Flying-fox</p>"),
            ("callout", {"title": "G", "text": "<p>Galah</p>"}),
        ],
    )
    for word in ("aardvark", "bandicoot", "cassowary", "dingo", "echidna", "flyingfox", "galah"):
        assert len(urls(word)) == 1, word


def test_words_that_stand_with_another_page_do_not_tell_of_it_once_it_is_closed():
    """The public page leaves them out then, so they may not be found there either."""
    closed = make_pattern(title="Closed")
    open_ = make_pattern(title="Open")
    open_.relations = [PatternRelation(type="conflicts", target=closed, reason="Quokka reason", locale=open_.locale)]
    open_.save_revision().publish()
    practice = make_practice(title="Practice")
    practice.patterns = [PracticePattern(pattern=closed, note="Quokka note", locale=practice.locale)]
    practice.save_revision().publish()
    step = {"page": closed, "note": "Quokka step"}
    steps = [("step", step), ("step", {"page": open_, "note": ""})]
    path = CollectionPage(title="Path", slug="path", code="path", summary="S", steps=steps, collection_kind="reading")
    make_index(CollectionIndexPage, "collections").add_child(instance=path)
    path.save_revision().publish()
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    assert urls("quokka") == []
    assert "/en/practices/practice/" in urls("practice")


def test_everyday_names_tags_and_vocabulary_are_found():
    Term.objects.create(scheme="ethical_risk", code="stigma", label="Stigmatising quokkas", locale=locale("en"))
    pattern = make_pattern(
        title="Watch",
        also_called="Buurtapp\nStreet eyes",
        platforms=["messaging_service"],
        considerations=[("ethical_risk", {"term": "stigma", "text": "Bad"})],
    )
    pattern.tags.add("co-production")
    pattern.save_revision().publish()
    for words in ("buurtapp", "street eyes", "coproduction", "messaging group", "stigmatising quokka"):
        assert len(urls(words)) == 1, words


def test_a_renamed_term_tag_or_platform_is_found_by_its_new_name():
    term = Term.objects.create(scheme="ethical_risk", code="stigma", label="Old stigma", locale=locale("en"))
    platform = Platform.objects.create(code="p", name="Oldapp", kind="mobile_app")
    pattern = make_pattern(title="One", considerations=[("ethical_risk", {"term": "stigma", "text": "Bad"})])
    practice = make_practice(title="Two", channels=[("channel", {"platform": platform, "purpose": "Talk"})])
    pattern.tags.add("oldtag")
    pattern.save_revision().publish()
    term.label = "Quokka"
    term.save()
    platform.name = "Wombatapp"
    platform.save()
    tag = Tag.objects.get(name="oldtag")
    tag.name = "bilby"
    tag.save()
    assert urls("quokka") == urls("bilby") == [pattern.url]
    assert urls("wombatapp") == [practice.url]
    assert urls("oldapp") == urls("oldtag") == []
    tag.delete()
    assert urls("bilby") == []


def test_a_term_translated_later_is_found_on_the_translated_page():
    term = Term.objects.create(scheme="ethical_risk", code="stigma", label="Quokka", locale=locale("en"))
    pattern = make_pattern(title="One", considerations=[("ethical_risk", {"term": "stigma", "text": "Bad"})])
    french = translate(pattern, "fr", title="Un", slug="un")
    translated = term.copy_for_translation(locale("fr"))
    translated.label = "Wombat"
    translated.save()
    assert [hit.url for hit in search("wombat", language="fr").hits] == [french.url]


def quoted(consent, text):
    return ("quote", {"text": text, "attribution": "An officer", "consent": consent, "patterns": []})


def test_quotes_are_found_only_while_their_consent_holds():
    today = timezone.localdate()
    day = datetime.timedelta(days=1)

    def consent(code, **dates):
        dates = {"given_on": today - 9 * day, **dates}
        return Consent.objects.create(code=code, subject="Consenting person", kind="quote", scope="Site", **dates)

    endless, ends, past = consent("a"), consent("b", expires_on=today + day), consent("c", expires_on=today)
    make_workshop(
        title="Berlin",
        quotes=[
            quoted(endless, "The aardvark may speak"),
            quoted(ends, "The bandicoot until tomorrow"),
            quoted(past, "The cassowary no longer"),
            quoted(None, "The dingo never agreed"),
        ],
    )
    assert len(urls("aardvark")) == len(urls("bandicoot")) == 1
    assert urls("cassowary") == urls("dingo") == urls("consenting") == []
    assert "<mark>aardvark</mark>" in search("aardvark", language="en").hits[0].snippet
    Document.objects.filter(shown_until=today + day).update(shown_until=today)  # a day goes by
    assert urls("bandicoot") == []
    endless.withdrawn_on = today
    endless.save()
    assert urls("aardvark") == []
    assert not Document.objects.filter(body__contains="aardvark").exists()


def test_contacts_are_never_in_the_index():
    from portal.models import Person
    from practices.models import PracticeContact

    practice = make_practice(title="Practice")
    person = Person.objects.create(code="x", name="Quokka Person", email="quokka@example.org")
    PracticeContact.objects.create(page=practice, person=person, role="Quokka role")
    type(practice).objects.get(pk=practice.pk).save_revision().publish()
    assert urls("quokka") == []


def test_glossary_terms_are_found_on_the_glossary_page():
    term = GlossaryTerm.objects.create(
        code="quokka", term="Quokka", alternatives="Setonix", definition="A small macropod.", locale=locale("en")
    )
    assert urls("quokka") == []  # there is no page to read it on
    glossary = make_index(GlossaryPage, "glossary")
    assert urls("quokka") == urls("setonix") == ["/en/glossary/#quokka"]
    term.term = "Bilby"
    term.save()
    assert urls("bilby") == ["/en/glossary/#quokka"]
    glossary.unpublish()
    assert urls("bilby") == []
    glossary.save_revision().publish()
    term.delete()
    assert urls("bilby") == []


def test_a_rebuild_gives_what_the_signals_gave(capsys):
    pattern = make_pattern(title="Quokka", also_called="Short-tailed scrub wallaby")
    make_pattern(title="Draft", live=False)
    french = translate(pattern, "fr", title="Le quokka")
    GlossaryTerm.objects.create(code="bilby", term="Bilby", definition="A marsupial.", locale=locale("en"))
    make_index(GlossaryPage, "glossary")
    make_practice(title="Practice")
    make_home().save_revision().publish()
    before = {d.key: (d.title, d.url, d.exact, d.facets, d.length) for d in Document.objects.all()}
    assert f"page:{french.pk}" in before
    Document.objects.all().delete()
    call_command("rebuild_search")
    assert {d.key: (d.title, d.url, d.exact, d.facets, d.length) for d in Document.objects.all()} == before
    assert "documents in" in capsys.readouterr().out
    call_command("rebuild_search", if_needed=True)
    assert "up to date" in capsys.readouterr().out
    Document.objects.update(analyser="0")
    call_command("rebuild_search", if_needed=True)
    assert "rebuilt" in capsys.readouterr().out


def test_descriptions_of_pictures_are_found_only_while_the_consent_to_the_picture_holds():
    today = timezone.localdate()
    consent = Consent.objects.create(code="p", subject="X", kind="photo", scope="Site", given_on=today)
    data = BytesIO()
    Image.new("RGB", (8, 8)).save(data, "PNG")
    picture = PortalImage.objects.create(
        title="T", file=ContentFile(data.getvalue(), "t.png"), description="x", credit="y", licence="z"
    )
    block = {"image": picture.pk, "alt_text": "A numbat on patrol", "decorative": False}
    page = make_news(title="Walk")
    page.body = json.dumps([{"type": "image", "value": block}])
    page.save_revision().publish()
    assert len(urls("numbat")) == 1
    picture.consent = consent
    picture.save()
    assert len(urls("numbat")) == 1
    consent.withdrawn_on = today
    consent.save()
    assert urls("numbat") == []
    assert not Document.objects.filter(body__contains="numbat").exists()
