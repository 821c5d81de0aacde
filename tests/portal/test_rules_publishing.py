"""Nothing incomplete is published, by whichever way; a draft can always be saved; approval works without rights."""

import pytest
from django.urls import reverse
from wagtail.models import Page, TaskState, WorkflowState

from library.models import CallPage, NewsIndexPage
from patterns.models import PatternIndexPage
from portal.models import KnowledgePage
from portal.publishing import shortcomings
from tests.factories import locale, make_home, make_index, make_pattern, make_topic
from tests.factories.editing import post_data, publish, send, signed_in

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"wagtailadmin_pages:{name}", args=args)


def fresh(page):
    return Page.objects.get(pk=page.pk).specific


@pytest.fixture
def editor():
    make_home()
    return signed_in("Editors")


# Past the edit form


def bulk(client, action, *pages):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return client.post(f"{address}?{'&'.join(f'id={page.pk}' for page in pages)}")


def test_selection_with_an_incomplete_page_is_not_published_and_says_why(editor):
    incomplete, complete = make_pattern(title="Half done", live=False), make_topic(live=False)
    response = bulk(editor, "publish", incomplete, complete)
    assert response.status_code == 409
    html = response.content.decode()
    assert "Half done" in html
    assert "Forces: Give at least two forces" in html
    assert not fresh(incomplete).live
    assert not fresh(complete).live


def test_selection_of_complete_pages_is_published(editor):
    page = make_topic(live=False)
    bulk(editor, "publish", page)
    assert fresh(page).live


def test_incomplete_page_below_a_published_selection_is_found_too(editor):
    draft = make_pattern(live=False)
    index = PatternIndexPage.objects.get()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = editor.post(f"{address}?id={index.pk}", {"include_descendants": "on"})
    assert response.status_code == 409
    assert not fresh(draft).live


def test_shortcomings_name_empty_fields_and_unfinished_blocks():
    page = make_topic(live=False)
    page.summary = ""
    page.body = [("quote", {"text": "", "attribution": ""})]
    page.save_revision(clean=False)
    lines = shortcomings(fresh(page))
    assert any(line.startswith("Summary: ") for line in lines)
    assert "Text: An entry is not complete." in lines


# Approval


@pytest.fixture
def author():
    make_home()
    return signed_in("Authors")


def author_draft(author, **fields):
    """A draft that an author makes and fills through the admin."""
    index = make_topic(title="Neighbour").get_parent()
    user = author.session["_auth_user_id"]
    page = make_topic(title="By an author", live=False, owner_id=user, **fields)
    assert index.pk == page.get_parent().pk
    return page


def waiting():
    return TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)


def test_author_cannot_publish_but_sends_for_approval_and_an_editor_approves(author):
    page = author_draft(author)
    assert send(author, page, "publish").status_code == 302
    assert not fresh(page).live
    assert send(author, page, "submit").status_code == 302
    editor = signed_in("Editors")
    assert "By an author" in editor.get(reverse("wagtailadmin_home")).content.decode()
    editor.post(url("workflow_action", page.pk, "approve", waiting().pk))
    assert fresh(page).live


def test_author_does_not_approve_the_own_page(author):
    page = author_draft(author)
    send(author, page, "submit")
    response = author.post(url("workflow_action", page.pk, "approve", waiting().pk))
    assert response.status_code in {302, 403}
    assert not fresh(page).live


def test_incomplete_page_is_not_accepted_for_approval_and_stays_a_draft(author):
    make_pattern(title="Other")
    page = make_pattern(title="Mine", live=False, owner_id=author.session["_auth_user_id"])
    response = send(author, page, "submit")
    assert response.status_code == 200
    assert "Give at least two forces" in response.content.decode()
    assert not WorkflowState.objects.exists()
    assert send(author, page).status_code == 302


def test_page_that_became_incomplete_while_it_waited_cannot_be_approved(author):
    page = author_draft(author)
    send(author, page, "submit")
    editor = signed_in("Editors")
    send(editor, fresh(page), summary="")
    state = waiting()
    response = editor.post(url("workflow_action", page.pk, "approve", state.pk))
    assert response.status_code in {302, 403}
    assert not fresh(page).live
    html = editor.get(url("edit", page.pk)).content.decode()
    assert "cannot be approved yet" in html
    send(editor, fresh(page).get_latest_revision_as_object(), summary="Mended.")
    editor.post(url("workflow_action", page.pk, "approve", waiting().pk))
    assert fresh(page).live


def test_editor_asks_for_changes_and_the_author_sends_again(author):
    page = author_draft(author)
    send(author, page, "submit")
    editor = signed_in("Editors")
    editor.post(url("workflow_action", page.pk, "reject", waiting().pk), {"comment": "Name the source."})
    assert not TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).exists()
    assert send(author, fresh(page), "submit").status_code == 302
    assert waiting()


# Drafts


def test_two_drafts_without_anything_but_a_title_can_be_saved(editor):
    index = make_pattern().get_parent()
    address = url("add", "patterns", "patternpage", index.pk)
    for title in ("First idea", "Second idea"):
        model = type(make_pattern(live=False))
        data = post_data(model(locale=locale("en")), parent=index, title=title)
        data |= {"slug": title.lower().replace(" ", "-"), "number": model.next_number(), "group": ""}
        response = editor.post(address, data)
        assert response.status_code == 302, response.context["form"].errors
    codes = set(Page.objects.filter(title__endswith="idea").values_list("patternpage__code", flat=True))
    assert codes == {"first-idea", "second-idea"}


def test_same_title_twice_gets_two_codes(editor):
    make_topic(title="Same", code="same", slug="first")
    page = make_topic(title="Same", code="x", slug="same", live=False)
    send(editor, page, code="")
    assert fresh(page).code == "same-2"


def test_call_does_not_close_before_it_opens(editor):
    index = make_index(NewsIndexPage, "news")
    values = {
        "title": "Call",
        "slug": "call",
        "code": "call",
        "summary": "S",
        "who": "<p>A</p>",
        "how_to_apply": "<p>B</p>",
    }
    page = index.add_child(instance=CallPage(live=False, locale=index.locale, **values))
    page = CallPage.objects.get(pk=page.pk)
    assert list(publish(editor, page, opens="2016-06", closes="2016-05")) == ["closes"]
    assert send(editor, page, opens="2016-06", closes="2016-05").status_code == 302
    assert publish(editor, page, opens="2016-06", closes="2016") == {}


def test_scheduled_publication_is_checked_when_it_is_set(editor):
    page = make_pattern(live=False)
    found = publish(editor, page, go_live_at="2099-01-01 10:00")
    assert "forces" in found
    assert isinstance(page, KnowledgePage)


def test_copied_pattern_gets_a_code_and_a_number_of_its_own_and_can_be_saved(editor):
    page = make_pattern(number=8, title="Neighbourhood watch")
    sent = {"new_title": "A copy", "new_slug": "a-copy", "new_parent_page": page.get_parent().pk, "alias": ""}
    editor.post(url("copy", page.pk), sent)
    copy = Page.objects.get(slug="a-copy").specific.get_latest_revision_as_object()
    assert (copy.code, copy.number, copy.live) == ("a-copy", 9, False)
    assert send(editor, copy, card_problem="Its own.").status_code == 302
    assert (fresh(page).code, fresh(page).number) == ("neighbourhood-watch", 8)
