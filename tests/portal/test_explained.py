"""Words of the glossary, explained in the texts that use them."""

import json

import pytest

from library.models import GlossaryTerm
from patterns.models import PatternIndexPage
from portal.explained import Explained, Explanation, Known
from tests.factories import locale, make_home, make_index, make_pattern, make_topic, translate
from tests.factories.sections import make_term


def known(language="en", **forms):
    words = [Explanation(code.replace("_", "-"), code, "Meaning", "", tuple(found)) for code, found in forms.items()]
    return Known(language, words)


def marked(html, language="en", without=(), **forms):
    return Explained(known(language, **forms), without).mark(html)


def test_the_first_of_a_word_leads_to_its_meaning():
    shown = marked("<p>A moderator helps. The moderator reads.</p>", moderator=["Moderator"])
    assert shown == '<p>A <a class="explained" href="#word-moderator">moderator</a> helps. The moderator reads.</p>'


def test_words_in_links_headings_and_quotes_stay_as_they_are():
    html = '<h3>Moderator</h3><p><a href="/x/">The moderator</a> and <q>a moderator</q></p>'
    assert marked(html, moderator=["Moderator"]) == html


def test_attributes_and_entities_are_no_words():
    html = '<p title="moderator">A &amp; B, fish tom&amp;ampamp; chips</p>'
    assert marked(html, moderator=["Moderator"], amp=["amp"]) == html


@pytest.mark.parametrize(
    ("language", "form", "text"),
    [
        ("en", "Moderator", "moderators"),
        ("fr", "Modérateur", "modérateurs"),
        ("nl", "Buurtgroep", "buurtgroepen"),
        ("de", "Moderator", "Moderatoren"),
        ("it", "Moderatore", "moderatori"),
        ("es", "Moderador", "moderadores"),
        ("ca", "Veïna", "veïnas"),
    ],
)
def test_the_plural_is_the_same_word(language, form, text):
    assert 'href="#word-it"' in marked(f"<p>{text}</p>", language, it=[form])


def test_part_of_a_word_is_not_the_word():
    assert "href" not in marked("<p>commoderator, moderatorship</p>", moderator=["Moderator"])


def test_capitals_count_in_capitals_only_and_the_longest_form_wins():
    shown = marked(
        "<p>lea met the LEA on community policing</p>", lea=["LEA"], policing=["policing"], long=["Community policing"]
    )
    assert shown.count("explained") == 2
    assert "lea met" in shown
    assert 'href="#word-long">community policing</a>' in shown


def test_a_page_does_not_explain_its_own_subject():
    assert "href" not in marked(
        "<p>Neighbourhood watch</p>", without=["neighbourhood-watch"], neighbourhood_watch=["Neighbourhood watch"]
    )


@pytest.mark.django_db
class TestPages:
    @pytest.fixture
    def term(self):
        make_home()
        return GlossaryTerm.objects.create(
            code="legitimacy", term="Legitimacy", definition="Being <accepted> as right.", locale=locale("en")
        )

    def test_a_page_lists_the_words_it_explains(self, client, term):
        make_pattern(slug="watch", context="<p>It costs legitimacy. Legitimacy is slow.</p>")
        html = client.get("/en/patterns/watch/").content.decode()
        assert html.count('href="#word-legitimacy"') == 1
        assert '<div id="word-legitimacy"' in html
        assert "Being &lt;accepted&gt; as right." in html

    def test_plain_texts_of_a_pattern_explain_words_as_well(self, client, term):
        texts = {
            "forces": [
                {"type": "force", "value": {"toward": "One", "against": "Other", "text": "<b>Trust</b> & force"}}
            ],
            "considerations": [{"type": "threat", "value": {"text": "It costs consent.", "sources": []}}],
            "guidance": [
                {"type": "decision_question", "value": "Who’s the watcher?"},
                {"type": "activity", "value": {"title": "Try", "minutes": 5, "steps": "Ask.\n\nName the role."}},
            ],
        }
        for word in ("Force", "Consent", "Watcher", "Role"):
            make_term(word.lower(), term=word)
        make_pattern(slug="watch", **{name: json.dumps(value) for name, value in texts.items()})
        html = client.get("/en/patterns/watch/").content.decode()
        for code, word in (("force", "force"), ("consent", "consent"), ("watcher", "watcher"), ("role", "role")):
            assert html.count(f'<a class="explained" href="#word-{code}">{word}</a>') == 1
            assert f'<div id="word-{code}"' in html
        assert "&lt;b&gt;Trust&lt;/b&gt; &amp; <a" in html
        assert "<p>Ask.</p>" in html

    def test_a_word_is_marked_where_it_is_read_first(self, client, term):
        forces = [{"type": "force", "value": {"toward": "A", "against": "B", "text": "It costs legitimacy."}}]
        make_pattern(slug="watch", context="<p>Nothing.</p>", solution="<p>Legitimacy.</p>", forces=json.dumps(forces))
        html = client.get("/en/patterns/watch/").content.decode()
        assert html.count('href="#word-legitimacy"') == 1
        assert 'costs <a class="explained" href="#word-legitimacy">legitimacy</a>.' in html

    def test_a_page_without_such_words_has_no_list(self, client, term):
        make_pattern(slug="watch", context="<p>Nothing of the kind.</p>")
        assert "word-" not in client.get("/en/patterns/watch/").content.decode()

    def test_an_index_leaves_the_words_of_its_introduction_alone(self, client, term):
        page = make_index(PatternIndexPage, "patterns")
        page.intro = "<p>It costs legitimacy.</p>"
        page.save_revision().publish()
        html = client.get("/en/patterns/").content.decode()
        assert "It costs legitimacy." in html

    def test_words_are_those_of_the_language_of_the_text(self, client, term):
        page = make_topic(slug="trust", body='[{"type": "paragraph", "value": "<p>Legitimacy</p>"}]')
        translate(page, "fr", slug="confiance")
        assert "word-legitimacy" not in client.get("/fr/topics/confiance/").content.decode()
        assert "word-legitimacy" in client.get("/nl/topics/trust/").content.decode()

    def test_a_changed_meaning_shows_at_once(self, client, term):
        make_pattern(slug="watch", context="<p>It costs legitimacy.</p>")
        client.get("/en/patterns/watch/")
        term.definition = "Being trusted."
        term.save()
        assert "Being trusted." in client.get("/en/patterns/watch/").content.decode()
        term.delete()
        assert "word-legitimacy" not in client.get("/en/patterns/watch/").content.decode()
