"""A warning passes with a reason: before a translation is handed in, and where it is reviewed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from tests.factories import locale
from translation import adapting, remarks, review, writing
from translation.models import TextEvent, Via

from .remembering import edit, segment, sync

pytestmark = pytest.mark.django_db
WRONG = "Sept personnes, 5 lampes"


def write(translation, people, text=WRONG, via=Via.EDITOR, **how):
    return writing.write(translation, segment(translation, "About it"), text, user=people["writer"], via=via, **how)


def of_summary(translation):
    one = segment(translation, "About it")
    return remarks.remarks(translation)[one.string_id, one.context_id]


def page_of(client, people, translation, who, name="translation_review"):
    client.force_login(people[who])
    return " ".join(client.get(reverse(name, args=["fr", translation.pk])).content.decode().split())


@pytest.mark.parametrize("via", [Via.EDITOR, Via.PO, Via.XLIFF, Via.MEMORY, Via.MACHINE])
def test_by_whatever_way_a_text_came_its_warning_needs_a_reason(client, people, translation, via):
    write(translation, people, via=via)
    if via == Via.MACHINE:
        write(translation, people)  # somebody has read it
    with pytest.raises(review.Refused, match="1 warning has no reason yet"):
        review.submit(translation, user=people["writer"])
    assert "1 warning has no reason yet" in page_of(client, people, translation, "writer")
    workbench = page_of(client, people, translation, "writer", "translation_workbench")
    assert "1 warning has no reason yet" in workbench
    assert 'name="reason-numbers"' in workbench
    write(translation, people, reasons={"numbers": "One lamp is <broken>."})
    assert "no reason yet" not in page_of(client, people, translation, "writer", "translation_workbench")
    assert review.submit(translation, user=people["writer"])


def test_the_reviewer_reads_the_warning_and_the_reason(client, people, translation):
    write(translation, people, reasons={"numbers": "One lamp is <broken>."})
    review.submit(translation, user=people["writer"])
    for name in ("translation_review", "translation_workbench"):
        page = page_of(client, people, translation, "coordinator", name)
        assert "The original does not have these numbers: 5" in page
        assert "One lamp is &lt;broken&gt;." in page
        assert 'name="reason-numbers"' not in page


def test_a_reason_holds_for_the_text_it_was_given_for(people, translation):
    write(translation, people, reasons={"numbers": "One lamp is broken."})
    assert remarks.lacking(translation) == 0
    write(translation, people, "Huit personnes, 6 lampes")
    assert remarks.lacking(translation) == 1


def test_a_text_that_differs_on_purpose_has_said_why(client, people, translation):
    write(translation, people)
    one = segment(translation, "About it")
    adapting.mark(translation, one, kind="different", reason="Other law.", user=people["writer"])
    assert of_summary(translation).remarks == []
    assert "no reason yet" not in page_of(client, people, translation, "writer", "translation_workbench")
    assert review.submit(translation, user=people["writer"])


def test_what_readers_see_already_needs_no_reason(people, translation, commit):
    """Else whoever changes one text would answer for all others of the page; they are still warned of."""
    assert [one.problem.code for one in of_summary(translation).remarks] != []
    assert remarks.lacking(translation) == 0
    TextEvent._base_manager.update(was_public=False)
    assert remarks.lacking(translation) > 0


def test_a_word_that_the_glossary_forbids_needs_one_too(people, translation, commit):
    from library.models import GlossaryTerm
    from translation.models import TermUse

    with commit():
        term = GlossaryTerm.objects.create(locale=locale("en"), code="it", term="lamp", definition="D")
    TermUse.objects.create(
        translation_key=term.translation_key, locale=locale("fr"), rendering="lampe", forbidden="lampion"
    )
    edit(translation.source.get_source_instance(), summary="About a lamp.")
    now = sync(translation)
    one = segment(now, "About a lamp.")
    writing.write(now, one, "Un lampion, une lampe.", user=people["writer"], via=Via.EDITOR)
    found = remarks.remarks(now)[one.string_id, one.context_id]
    assert [each.problem.code for each in found.remarks] == ["term_avoided"]
    assert found.lacking == 1


def test_the_number_of_queries_does_not_grow_with_the_texts(people, translation):
    counts = []
    for number in (5, 10):
        paragraphs = "".join(f"<p>Lamp number {each}.</p>" for each in range(number))
        edit(translation.source.get_source_instance(), definition=paragraphs)
        now = sync(translation)
        for one in now.source.stringsegment_set.select_related("string", "context"):
            StringTranslation.objects.get_or_create(
                translation_of=one.string, context=one.context, locale=now.target_locale, defaults={"data": "Lampe 99"}
            )
        remarks.lacking(now)
        with CaptureQueriesContext(connection) as queries:
            assert remarks.lacking(now) >= number
        counts.append(len(queries))
    assert counts[0] == counts[1]
