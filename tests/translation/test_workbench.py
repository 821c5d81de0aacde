"""The workbench without scripts, and what it answers to its script."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, TranslationSource

from library.models import GlossaryTerm
from tests.factories import locale, make_home
from tests.factories.editing import make_user, signed_in
from translation import carrying, checks, comments, review, states, writing
from translation.models import TextEvent, Via

from .remembering import finish
from .walking import translated

pytestmark = pytest.mark.django_db
RICH = '<h3>Why</h3><p>Read <a href="/rules/">the rules</a> first.</p><ul><li>One &amp; two</li></ul>'


def with_definition(translation, html):
    english = translation.source.get_source_instance()
    english.definition = html
    english.save_revision().publish()
    translation.source.update_from_db()


@pytest.fixture
def translation(french):
    translation = TranslationSource.objects.get(object_id=french.translation_key).translations.get()
    with_definition(translation, RICH)
    return translation


@pytest.fixture
def translator(client):
    user = make_user("Translators fr", name="maud")
    client.force_login(user)
    return user


def segment(translation, text):
    found = translation.source.stringsegment_set.select_related("string", "context")
    return found.get(string__data__startswith=text)


def address(translation, **query):
    url = reverse("translation_workbench", args=[translation.target_locale.language_code, translation.pk])
    return f"{url}?{'&'.join(f'{name}={value}' for name, value in query.items())}"


def form_of(response, one):
    """The fields of the form of one text, as a browser would send them."""
    html = response.content.decode()
    form = html[html.index(f'id="f-{one.pk}"') :].partition("</form>")[0]
    fields = dict(re.findall(r'<input type="(?:hidden|text)"[^>]* name="([^"]+)"[^>]* value="([^"]*)"', form))
    fields |= dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    return fields | {"text": ""}


def send(client, translation, one, page=None, json=False, **fields):
    page = page or client.get(address(translation))
    url = reverse("translation_text", args=[translation.target_locale.language_code, translation.pk, one.pk])
    headers = {"accept": "application/json"} if json else {}
    return client.post(url, {**form_of(page, one), **fields}, headers=headers)


def text_of(translation, one):
    found = writing.current(translation, one)
    return found.data if found else None


class TestThePage:
    def test_texts_stand_in_the_order_of_the_page_with_what_they_are(self, client, translation, translator):
        rows = client.get(address(translation)).context["rows"]
        names = [(row.group, row.name, row.segment.string.data) for row in rows]
        assert names[0] == ("", "Title", "Subject")
        at = names.index(("Definition", "Heading 3", "Why"))
        assert names[at + 1] == ("Definition", "Paragraph", 'Read <a id="a1">the rules</a> first.')
        assert names[at + 2] == ("Definition", "List item", "One &amp; two")

    def test_it_opens_instead_of_the_shipped_editor_and_does_not_lead_there(self, client, translation, translator):
        page = translation.get_target_instance()
        response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert "translation/workbench.html" in [one.name for one in response.templates]
        assert "editor=shipped" not in response.content.decode()

    def test_marks_and_what_they_stand_for_are_beside_the_text(self, client, translation, translator):
        html = client.get(address(translation)).content.decode()
        assert 'Read <span class="bench-chip">1</span>the rules<span class="bench-chip">/1</span> first.' in html
        assert "link to /rules/" in html
        assert "One &amp; two" in html
        assert "&amp;amp;" not in html

    def test_filters_and_progress_count_the_same_texts(self, client, translation, translator):
        send(client, translation, segment(translation, "Subject"), text="Sujet")
        everything = client.get(address(translation))
        todo = client.get(address(translation, show="todo")).context["rows"]
        bench = everything.context["bench"]
        assert len(todo) == len(everything.context["rows"]) - 1
        assert bench.progress["done"] == 1
        assert bench.progress["words_left"] == sum(row.words for row in todo)
        assert {one["code"]: one["count"] for one in bench.filters()}["todo"] == len(todo)

    def test_a_text_whose_original_changed_is_told_apart(self, client, translation, translator):
        send(client, translation, segment(translation, "Subject"), text="Sujet")
        english = translation.source.get_source_instance()
        english.title = "Topic"
        english.save_revision().publish()
        translation.source.update_from_db()
        rows = client.get(address(translation, show="changed")).context["rows"]
        assert [row.segment.string.data for row in rows] == ["Topic"]

    def test_what_the_original_says_meanwhile_and_nobody_handed_out_is_told(self, client, translation, translator):
        """Else the desk sends her here, where nothing is to be done."""
        told = "its newest texts are not here yet"
        finish(translation)
        assert told not in client.get(address(translation)).content.decode()
        english = translation.source.get_source_instance()
        english.title = "Topic"
        english.save_revision().publish()
        states.refresh(english.translation_key)
        html = client.get(address(translation)).content.decode()
        assert told in html
        changes = reverse("translation_changes", args=[translation.source_id])
        assert changes not in html
        client.force_login(make_user("Coordinators", name="coordinator"))
        assert changes in client.get(address(translation)).content.decode()
        carrying.hand_out(translation.source, [], None)
        states.refresh(english.translation_key)
        assert told not in client.get(address(translation)).content.decode()

    def test_the_number_of_queries_does_not_grow_with_the_texts(self, client, translation, translator):
        counts = []
        for number in (40, 80):
            html = "".join(f'<p>Paragraph {each} with <a href="/x{each}/">a link</a></p>' for each in range(number))
            with_definition(translation, html)
            for one in translation.source.stringsegment_set.select_related("string", "context"):
                text = one.string.data.replace("Paragraph", "Alinéa").replace("with", "avec")
                StringTranslation.objects.get_or_create(
                    translation_of=one.string,
                    context=one.context,
                    locale=locale("fr"),
                    defaults={"data": text, "last_translated_by": translator},
                )
            client.get(address(translation))
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address(translation)).status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 67

    @pytest.mark.parametrize("show", ["all", "todo"])
    def test_each_text_is_looked_at_once_also_for_what_keeps_it_from_review(
        self, client, translation, translator, monkeypatch, show
    ):
        with_definition(translation, "".join(f"<p>Paragraph {number}</p>" for number in range(5)))
        for one in translation.source.stringsegment_set.select_related("string", "context"):
            text = "<b>x" if one.string.data == "Paragraph 3" else f"Alinéa {one.order}"
            StringTranslation.objects.create(
                translation_of=one.string, context=one.context, locale=locale("fr"), data=text
            )
        looked_at = []
        monkeypatch.setattr(checks, "CHECKS", (*checks.CHECKS, lambda pair: looked_at.append(pair.text) or []))
        page = client.get(address(translation, show=show))
        assert sorted(looked_at) == sorted(StringTranslation.objects.values_list("data", flat=True))
        assert page.context["review"].obstacles == list(review.obstacles(translation))
        assert "&lt;b&gt; is not closed." in " ".join(page.content.decode().split())

    def test_paragraphs_of_one_field_have_one_conversation(self, client, translation, translator):
        """It stands below the last of them that is shown; the others lead there."""
        rows = client.get(address(translation)).context["rows"]
        first, *_between, last = [row for row in rows if row.segment.context.path == "definition"]
        comments.ask(translation, "definition", user=translator, text="Which rules?")
        html = client.get(address(translation)).content.decode()
        assert html.count("Which rules?</p>") == 1
        assert html.count('name="path" value="definition"><input type="hidden" name="next"') == 1
        assert html.index("Which rules?</p>") > html.index(f'id="s-{last.pk}"')
        assert f'href="#comments-{last.pk}">Comments (1)' in html[html.index(f'id="s-{first.pk}"') :]
        send(client, translation, last.segment, text="Un &amp; deux")
        todo = client.get(address(translation, show="todo")).content.decode()
        assert todo.count("Which rules?</p>") == 1


class TestRights:
    def test_others_read_and_write_nothing(self, translation):
        one = segment(translation, "Subject")
        url = reverse("translation_text", args=["fr", translation.pk, one.pk])
        for client in (signed_in("Translators de"), signed_in()):
            assert client.get(address(translation)).status_code in {302, 403}
            assert client.post(url, {"text": "x", "expected": "none"}).status_code in {302, 403}
        assert text_of(translation, one) is None

    def test_a_wrong_language_in_the_address_leads_nowhere(self, client, translation, translator):
        for url in (
            reverse("translation_workbench", args=["de", translation.pk]),
            reverse("translation_text", args=["de", translation.pk, segment(translation, "Subject").pk]),
        ):
            assert client.post(url, {"text": "x"}).status_code in {302, 404}
        assert not StringTranslation.objects.exists()

    def test_of_a_locked_page_the_texts_are_shown_and_cannot_be_written(self, client, translation, translator):
        """Test 5, on the workbench."""
        one = segment(translation, "Subject")
        open_page = client.get(address(translation))
        Page.objects.filter(pk=translation.get_target_instance().pk).update(locked=True)
        shown = client.get(address(translation))
        assert shown.status_code == 200
        assert "/text/" in open_page.content.decode()
        assert "/text/" not in shown.content.decode()  # a comment may be written all the same
        assert "locked" in shown.content.decode()
        response = send(client, translation, one, open_page, json=True, text="Sujet")
        assert (response.status_code, "locked" in response.json()["message"]) == (403, True)
        assert text_of(translation, one) is None

    def test_a_translator_has_no_button_to_publish(self, client, translation, translator):
        assert 'value="publish"' not in client.get(address(translation)).content.decode()
        assert 'value="publish"' in signed_in("Coordinators").get(address(translation)).content.decode()


class TestSaving:
    def test_a_text_is_saved_and_the_next_one_is_opened(self, client, translation, translator):
        one = segment(translation, "Read")
        response = send(client, translation, one, text="Lisez d’abord ⟨1⟩les règles⟨/1⟩.", do="next")
        assert text_of(translation, one) == 'Lisez d’abord <a id="a1">les règles</a>.'
        following = segment(translation, "One")
        assert response.url == f"{address(translation, show='all')}&at={following.pk}"
        page = client.get(response.url).content.decode()
        assert re.search(rf'<textarea id="t-{following.pk}"[^>]* autofocus', page)
        assert page.count("autofocus") == 1

    def test_special_characters_are_typed_as_they_read(self, client, translation, translator):
        one = segment(translation, "One")
        page = client.get(address(translation))
        send(client, translation, one, page, text="Un & deux < trois")
        assert text_of(translation, one) == "Un &amp; deux &lt; trois"
        assert "Un &amp; deux &lt; trois</textarea>" in client.get(address(translation)).content.decode()
        title = segment(translation, "Subject")
        send(client, translation, title, text="Tom & Jérôme")
        assert translation.get_target_instance().draft_title == "Tom & Jérôme"

    def test_what_is_refused_stays_in_its_field_with_the_reason_beside_it(self, client, translation, translator):
        one = segment(translation, "Read")
        for typed in ("Sans le lien", "⟨7⟩ faux"):
            response = send(client, translation, one, text=typed)
            html = response.content.decode()
            assert response.status_code == 400
            assert f"{typed}</textarea>" in html
            assert "bench-problem--error" in html
            assert re.search(rf'<textarea id="t-{one.pk}"[^>]*aria-invalid="true"', html)
        assert text_of(translation, one) is None

    def test_a_conflict_shows_both_texts_and_saving_again_is_a_decision(self, client, translation, translator):
        """Test 41, on the workbench."""
        one = segment(translation, "Subject")
        page = client.get(address(translation))
        other = make_user("Translators fr", name="camille")
        writing.write(translation, one, "Thème", user=other, via=Via.EDITOR)
        response = send(client, translation, one, page, text="Sujet")
        html = response.content.decode()
        assert response.status_code == 409
        assert ">Sujet</textarea>" in html
        assert "Thème</blockquote>" in html
        assert "camille" in html
        assert text_of(translation, one) == "Thème"
        assert send(client, translation, one, response, text="Sujet", do="mine").status_code == 302
        assert text_of(translation, one) == "Sujet"

    def test_the_script_hears_of_a_conflict_too(self, client, translation, translator):
        one = segment(translation, "Subject")
        page = client.get(address(translation))
        text = writing.write(translation, one, "Thème", user=translator, via=Via.EDITOR)
        answer = send(client, translation, one, page, json=True, text="Sujet")
        assert answer.status_code == 409
        assert answer.json()["token"] == writing.token(text)
        assert "Thème" in answer.json()["parts"]["told"]
        assert answer.json()["message"]

    def test_a_warning_passes_and_the_reason_is_kept_with_the_text(self, client, translation, translator):
        one = segment(translation, "Subject")
        send(client, translation, one, text="Sujet 5")  # a number that the original does not have
        page = client.get(address(translation))
        assert "bench-problem--warning" in page.content.decode()
        code = next(name for name in form_of(page, one) if name.startswith("reason-"))
        send(client, translation, one, page, text="Sujet 5", **{code: "A name."})
        assert TextEvent.objects.first().reasons == {code.removeprefix("reason-"): "A name."}
        again = client.get(address(translation))
        assert form_of(again, one)[code] == "A name."
        count = TextEvent.objects.count()
        send(client, translation, one, again, text="Sujet 5")
        assert TextEvent.objects.count() == count

    def test_an_emptied_field_takes_the_text_away(self, client, translation, translator):
        one = segment(translation, "Subject")
        send(client, translation, one, text="Sujet")
        send(client, translation, one, text=" ")
        assert text_of(translation, one) is None
        assert TextEvent.objects.first().old == "Sujet"

    def test_the_script_gets_the_new_state(self, client, translation, translator):
        one = segment(translation, "Subject")
        answer = send(client, translation, one, json=True, text="Sujet").json()
        assert (answer["saved"], answer["state"], answer["typed"]) == (True, "done", "Sujet")
        assert answer["token"] == writing.token(writing.current(translation, one))
        assert "Sujet" in answer["parts"]["history"]
        assert "<b>1</b> of" in answer["parts"]["progress"]

    def test_what_a_machine_wrote_is_done_once_a_person_saves_it(self, client, translation, translator):
        one = segment(translation, "Subject")
        writing.write(translation, one, "Sujet", user=translator, via=Via.MACHINE, tool="Engine")
        assert next(row for row in client.get(address(translation)).context["rows"]).state == "machine"
        send(client, translation, one, text="Sujet")
        assert writing.current(translation, one).translation_type == "manual"

    def test_when_the_original_was_handed_out_anew_the_text_finds_its_place(self, client, translation, translator):
        """Test 44."""
        one = segment(translation, "Read")
        page = client.get(address(translation))
        with_definition(translation, RICH.replace("<h3>Why</h3>", "<h3>Why</h3><p>New.</p>"))
        assert segment(translation, "Read").pk != one.pk
        send(client, translation, one, page, text="Lisez ⟨1⟩les règles⟨/1⟩.")
        assert text_of(translation, segment(translation, "Read")) == 'Lisez <a id="a1">les règles</a>.'

    def test_when_the_original_lost_the_text_what_was_typed_is_not(self, client, translation, translator):
        """Test 44."""
        one = segment(translation, "Read")
        page = client.get(address(translation))
        with_definition(translation, "<p>Nothing to read.</p>")
        response = send(client, translation, one, page, text="Lisez ⟨1⟩les règles⟨/1⟩.")
        assert response.status_code == 409
        assert "Lisez ⟨1⟩les règles⟨/1⟩.</textarea>" in response.content.decode()
        answer = send(client, translation, one, page, json=True, text="Lisez")
        assert (answer.status_code, "was not saved" in answer.json()["message"]) == (409, True)


class TestHistory:
    def test_every_version_can_be_had_back(self, client, translation, translator):
        one = segment(translation, "Subject")
        for text in ("Un", "Deux", "Trois"):
            send(client, translation, one, text=text)
        row = client.get(address(translation)).context["rows"][0]
        assert [(version.text, version.is_now) for version in row.versions()] == [
            ("Trois", True),
            ("Deux", False),
            ("Un", False),
        ]
        first = row.versions()[-1]
        send(client, translation, one, restore=f"{first.event.pk}:{first.which}")
        assert text_of(translation, one) == "Un"
        assert TextEvent.objects.first().via == Via.UNDO

    @pytest.mark.parametrize("button", ["restore", "use"])
    def test_what_was_typed_is_saved_before_another_text_takes_its_place(self, client, translation, translator, button):
        one = segment(translation, "Read")
        send(client, translation, one, text="Lisez ⟨1⟩les règles⟨/1⟩.")
        if button == "use":
            with_definition(translation, RICH.replace("first.", "first, please."))
            one = segment(translation, "Read")
        page = client.get(address(translation))
        row = next(row for row in page.context["rows"] if row.pk == one.pk)
        name = f"{row.history[0].pk}:new" if button == "restore" else next(row.offers())["one"].key
        response = send(client, translation, one, page, text="Sans le lien", **{button: name})
        assert response.status_code == 400
        assert "Sans le lien</textarea>" in response.content.decode()
        send(client, translation, one, page, text="D’abord, lisez ⟨1⟩les règles⟨/1⟩.", **{button: name})
        assert text_of(translation, one) == 'Lisez <a id="a1">les règles</a>.'
        assert TextEvent.objects.first().old == 'D’abord, lisez <a id="a1">les règles</a>.'

    def test_a_text_that_somebody_else_changed_is_not_restored_over(self, client, translation, translator):
        one = segment(translation, "Subject")
        send(client, translation, one, text="Sujet")
        page = client.get(address(translation))
        version = f"{TextEvent.objects.first().pk}:new"
        writing.write(translation, one, "Thème", user=translator, via=Via.EDITOR)
        response = send(client, translation, one, page, text="Matière", restore=version)
        assert response.status_code == 409
        assert ">Matière</textarea>" in response.content.decode()
        assert text_of(translation, one) == "Thème"

    def test_what_was_there_before_the_first_event_too(self, client, translation, translator):
        one = segment(translation, "Subject")
        row = StringTranslation(translation_of=one.string, context=one.context, locale=locale("fr"), data="Chargé")
        StringTranslation.objects.bulk_create([row])
        send(client, translation, one, text="Sujet")
        oldest = client.get(address(translation)).context["rows"][0].versions()[-1]
        assert (oldest.text, oldest.which) == ("Chargé", "old")
        send(client, translation, one, restore=f"{oldest.event.pk}:old")
        assert text_of(translation, one) == "Chargé"

    def test_nothing_of_another_text_is_restored(self, client, translation, translator):
        title, other = segment(translation, "Subject"), segment(translation, "One")
        send(client, translation, title, text="Sujet")
        event = TextEvent.objects.first()
        for restore in (f"{event.pk}:new", f"{event.pk}:source", "x", ":"):
            send(client, translation, other, restore=restore)
        assert text_of(translation, other) is None


class TestHelp:
    def test_what_the_memory_suggests_is_taken_over_and_an_earlier_wording_is_to_be_read(
        self, client, translation, translator
    ):
        send(client, translation, segment(translation, "Read"), text="Lisez d’abord ⟨1⟩les règles⟨/1⟩.")
        with_definition(translation, RICH.replace("first.", "first, please."))
        one = segment(translation, "Read")
        page = client.get(address(translation, show="changed"))
        row = next(row for row in page.context["rows"] if row.pk == one.pk)
        offer = next(row.offers())
        assert offer["typed"] == "Lisez d’abord ⟨1⟩les règles⟨/1⟩."
        assert "<ins>" in page.content.decode()
        send(client, translation, one, page, use=offer["one"].key)
        assert text_of(translation, one) == 'Lisez d’abord <a id="a1">les règles</a>.'
        assert TextEvent.objects.first().via == Via.CARRIED
        assert next(row for row in client.get(address(translation)).context["rows"] if row.pk == one.pk).state != "done"
        send(client, translation, one, text=offer["typed"])
        assert next(row for row in client.get(address(translation)).context["rows"] if row.pk == one.pk).state == "done"

    def test_a_suggestion_that_nobody_made_changes_nothing(self, client, translation, translator):
        one = segment(translation, "Read")
        answer = send(client, translation, one, json=True, use="x")
        assert (answer.status_code, answer.json()["saved"]) == (400, False)
        assert text_of(translation, one) is None

    def test_terms_of_the_glossary_are_marked_and_named(self, client, translation, translator):
        make_home("fr")
        term = GlossaryTerm.objects.create(code="rules", locale=locale("en"), term="rule", definition="What <holds>.")
        french = term.copy_for_translation(locale("fr"))
        french.term = "règlement"
        french.save()
        send(client, translation, segment(translation, "Read"), text="Lisez d’abord ⟨1⟩les lois⟨/1⟩.")
        html = client.get(address(translation)).content.decode()
        assert "the <mark>rules</mark>" in html
        assert "règlement</b>" in html
        assert 'name="reason-term"' in html
        assert "<holds>" not in html

    def test_a_question_stands_beside_its_text_and_leads_back_to_it(self, client, translation, translator):
        one = segment(translation, "Read")
        back = f"{address(translation)}at={one.pk}"
        html = client.get(back).content.decode()
        beside = re.search(rf'name="next" value="({re.escape(back)}#comments-[0-9]+)"', html)[1]
        assert f'id="{beside.partition("#")[2]}"' in html
        sent = {"path": one.context.path, "text": "Which <rules>?", "next": beside}
        url = reverse("translation_comments", args=["fr", translation.pk])
        assert client.post(url, sent).url == beside
        assert "Which &lt;rules&gt;?" in client.get(back).content.decode()


class TestWhatIsRefusedIsNotLost:
    """Beside the text, of which the workbench has more forms than one."""

    def test_a_comment(self, client, translation, translator):
        one = segment(translation, "Read")
        url, back = reverse("translation_comments", args=["fr", translation.pk]), f"{address(translation)}at={one.pk}"
        sent = {"path": one.context.path, "text": "Which <rules>? " * 200, "to_original": "on", "next": back}
        response = client.post(url, sent)
        html = response.content.decode()
        assert response.status_code == 400
        assert "This is too long" in html
        assert html.count("Which &lt;rules&gt;?") == 200
        assert f'name="next" value="{back}"' in html
        assert 'name="to_original" checked' in html
        assert client.post(url, {**sent, "text": "Which?"}).url == back

    def test_a_comment_on_a_text_that_is_gone(self, client, translation, translator):
        url = reverse("translation_comments", args=["fr", translation.pk])
        response = client.post(url, {"path": "gone", "text": "Which <rules>?"})
        assert response.status_code == 400
        assert "Which &lt;rules&gt;?</textarea>" in response.content.decode()

    def test_why_a_text_differs_on_purpose(self, client, translation, translator):
        one = segment(translation, "Read")
        url = reverse("translation_adapt", args=["fr", translation.pk])
        sent = {"segment": one.pk, "kind": "left_out", "reason": "Other <law>.", "next": address(translation)}
        assert "Other &lt;law&gt;.</textarea>" in client.post(url, sent).content.decode()  # nothing is written there
        send(client, translation, one, text="Lisez ⟨1⟩les règles⟨/1⟩.")
        response = client.post(url, {**sent, "reason": "Other <law>. " * 200})
        html = response.content.decode()
        assert response.status_code == 400
        assert "This is too long" in html
        assert html.count("Other &lt;law&gt;.") == 200
        assert '<option value="left_out" selected>' in html
        shown = html[html.index(f'id="adapted-{one.pk}"') - 300 : html.index(f'id="adapted-{one.pk}"')]
        assert f'name="next" value="{reverse("translation_workbench", args=["fr", translation.pk])}"' in shown


class TestThePageAsAWhole:
    def test_a_draft_is_kept_for_colleagues_and_nothing_is_published(self, client, translation, translator):
        send(client, translation, segment(translation, "Subject"), text="Sujet")
        client.post(address(translation), {"do": "draft"})
        page = translation.get_target_instance()
        assert page.title == "Subject"
        assert page.get_latest_revision_as_object().title == "Sujet"
        assert client.post(address(translation), {"do": "publish"}).status_code in {302, 404}
        assert translation.get_target_instance().title == "Subject"

    def test_publishing_asks_about_gaps_as_it_did(self, translation):
        client = signed_in("Coordinators")
        page = client.get(address(translation))
        response = client.post(page.context["edit_url"], {"action": "publish"})
        assert response.status_code == 409
        assert "Not everything is translated" in response.content.decode()

    def test_an_entry_is_translated_here_too(self, db):
        make_home("fr")
        english = GlossaryTerm.objects.create(code="t", locale=locale("en"), term="Term", definition="D")
        source, _created = TranslationSource.update_or_create_from_instance(english)
        translation = translated(source, "fr", "Mot")
        french = english.copy_for_translation(locale("fr"))
        french.save()
        client = signed_in("Coordinators")
        edit = reverse(GlossaryTerm.snippet_viewset.get_url_name("edit"), args=[french.pk])
        response = client.get(edit)
        assert "translation/workbench.html" in [one.name for one in response.templates]
        one = segment(translation, "Term")
        send(client, translation, one, response, text="Terme")
        assert client.post(edit, {"action": "publish"}).status_code == 302
        french.refresh_from_db()
        assert french.term == "Terme"
