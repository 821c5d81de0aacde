"""Writing, previewing and replying without JavaScript."""

import pytest
from django.test import Client

from community.models import CommentState, DiscussionThread, ModerationDecision, State
from tests.factories import make_pattern, translate

from .conftest import aged, fields_of, posted, send, shown, signed_in, write_url

pytestmark = pytest.mark.django_db


def test_a_member_posts_without_javascript(page, joanna):
    client = signed_in(joanna)
    form = client.get(write_url(page))
    assert form.status_code == 200
    assert form.content.decode().count("<h1>") == 1
    hidden = fields_of(form.content.decode())
    data = {**hidden, "text": "Two moderators read first.", "language": "en", "website": "", "do": "preview"}
    preview = client.post(write_url(page), data)
    assert "Two moderators read first." in preview.content.decode()
    assert not CommentState.objects.exists()
    assert fields_of(preview.content.decode())["token"] == hidden["token"]
    done = client.post(write_url(page), {**data, "token": aged(page), "do": "send"})
    row = CommentState.objects.get()
    assert done.url == f"{page.url}?c={row.public_id}#c-{row.public_id}"
    assert row.state == State.PUBLISHED
    assert "Two moderators read first." in shown(page)
    assert "Joanna" in shown(page)


def test_a_visitor_is_held_and_told_so(page, client):
    done = send(client, page, "We tried it in two streets.", name="Neighbour")
    assert done.status_code == 302
    told = client.get(done.url)
    assert "held until somebody has read it" in told.content.decode()
    assert "no-store" in told.headers["Cache-Control"]
    row = CommentState.objects.get()
    assert (row.state, row.guest, row.held_for) == (State.HELD, True, ["visitor"])
    assert not row.comment.is_public
    assert "two streets" not in shown(page)


def test_the_same_form_sent_three_times_posts_once(page, joanna):
    client, token = signed_in(joanna), aged(page)
    for _time in range(3):
        assert send(client, page, "Once is enough.", token=token).status_code in {302, 400}
    assert CommentState.objects.count() == 1


def test_a_double_click_leads_to_the_comment(page, joanna, django_capture_on_commit_callbacks):
    """Both requests have passed the checks before either was written."""
    from community import services
    from community.screening import Draft

    draft = Draft(page=page, thread=None, user=joanna, name="Joanna", text="Once.", language="en", nonce="n1")
    first = services.post_comment(draft=draft, findings=[])
    assert services.post_comment(draft=draft, findings=[]).pk == first.pk


def test_the_text_is_kept_when_something_is_wrong(page, client):
    answer = send(client, page, "My text stays.", name="")
    assert answer.status_code == 400
    html = answer.content.decode()
    assert "My text stays." in html
    assert 'href="#f-name"' in html
    assert not CommentState.objects.exists()


@pytest.mark.parametrize("text", ["", "   \n ", "\u200b\u200b", "\u202e"])
def test_a_comment_must_be_readable(page, joanna, text):
    assert send(signed_in(joanna), page, text).status_code == 400


def test_control_and_direction_characters_are_taken_out(page, joanna):
    row = posted(signed_in(joanna), page, "left\u202eright \u0007bell")
    assert row.comment.comment == "leftright bell"


def test_a_null_byte_is_an_error_beside_the_field(page, joanna):
    assert send(signed_in(joanna), page, "a\x00b").status_code == 400


def test_a_name_given_once_stays_with_the_account(page, db):
    from .conftest import account

    client = signed_in(account("nameless"))
    assert 'name="name"' in client.get(write_url(page)).content.decode()
    row = posted(client, page, "First words of mine.", name="Silvia M.")
    assert row.comment.user_name == "Silvia M."
    assert 'name="name"' not in client.get(write_url(page)).content.decode()
    second = posted(client, page, "More words of mine.", name="Police Chief")
    assert second.comment.user_name == "Silvia M."


def test_a_visitor_cannot_take_a_members_name_or_an_office(page, joanna, client):
    for name in ["Joanna", "JOANNA", "Jоanna", "Police Chief", "Mоderator"]:  # two with a Cyrillic о
        answer = send(client, page, "Text.", name=name)
        assert answer.status_code == 400, name
        assert 'href="#f-name"' in answer.content.decode()


def test_a_reply_goes_under_its_comment_and_deeper_ones_stay_beside(talk):
    rows = [talk.row]
    for number in range(4):
        rows.append(posted(talk.client, talk.page, f"Answer number {number}.", parent=rows[-1]))
    assert [row.level for row in rows] == [1, 2, 3, 3, 3]
    html = shown(talk.page)
    assert html.count("in reply to Joanna") == 2
    places = [html.index(f"Answer number {number}.") for number in range(4)]
    assert places == sorted(places)


@pytest.mark.parametrize("state", [State.HELD, State.HIDDEN, State.WITHDRAWN, State.ERASED])
def test_a_comment_that_is_not_shown_cannot_be_answered(talk, state):
    CommentState.objects.filter(pk=talk.row.pk).update(state=state)
    assert talk.client.get(write_url(talk.page, talk.row)).status_code == 404
    answer = send(talk.client, talk.page, "My long answer.", parent=talk.row)
    assert answer.status_code == 400
    assert "My long answer." in answer.content.decode()
    assert talk.row.comment.comment not in answer.content.decode()
    assert CommentState.objects.count() == 1


def test_what_is_held_and_what_never_was_look_the_same(talk, client):
    CommentState.objects.filter(pk=talk.row.pk).update(state=State.HELD)
    held = client.get(write_url(talk.page, talk.row))
    talk.row.public_id = "zzzzzzzzzz"
    missing = client.get(write_url(talk.page, talk.row))
    assert held.status_code == missing.status_code == 404


def test_a_comment_of_another_thread_cannot_be_answered(talk):
    other = make_pattern()
    assert talk.client.get(write_url(other, talk.row)).status_code == 404
    assert send(talk.client, other, "Astray.", parent=talk.row).status_code == 400
    assert CommentState.objects.count() == 1


@pytest.mark.parametrize("public_id", ["0", "-1", "99999999999", "2147483648", "1-or-1-1"])
def test_any_other_reply_address_is_not_found(talk, public_id):
    talk.row.public_id = public_id
    assert talk.client.get(write_url(talk.page, talk.row)).status_code == 404


def test_nothing_is_posted_to_a_page_that_is_gone_closed_or_private(talk):
    page = talk.page
    page.unpublish()
    assert send(talk.client, page, "Late one.").status_code == 404
    page.save_revision().publish()
    page.refresh_from_db()
    page.allow_comments = False
    page.save()
    answer = send(talk.client, page, "Late two.")
    assert answer.status_code == 400
    assert "Late two." in answer.content.decode()
    page.allow_comments = True
    page.save()
    page.view_restrictions.create(restriction_type="login")
    assert send(Client(), page, "Late three.", name="Visitor V").status_code == 404
    assert CommentState.objects.count() == 1


def test_a_closed_thread_is_read_only(talk):
    DiscussionThread.objects.update(state=DiscussionThread.Condition.CLOSED)
    assert talk.client.get(write_url(talk.page)).status_code == 403
    assert send(talk.client, talk.page, "Too late.").status_code == 400
    html = shown(talk.page)
    assert "We opened a group" in html
    assert "/write/" not in html
    assert CommentState.objects.count() == 1


def test_translations_share_one_thread(talk, client):
    french = translate(talk.page, "fr", title="Surveillance de voisinage")
    row = posted(talk.client, french, "Chez nous, ça marche.", language="fr", url_language="fr")
    assert row.thread_id == talk.row.thread_id
    for page, language in [(talk.page, "en"), (french, "fr")]:
        html = shown(page, language=language)
        assert "Chez nous" in html
        assert "We opened a group" in html
    assert 'lang="fr" dir="auto"' in shown(talk.page)


def test_an_old_or_foreign_form_is_answered_with_the_text(page, joanna):
    client = signed_in(joanna)
    for token in [aged(page, 25 * 3600), aged(page, -60), "forged", "", aged(make_pattern())]:
        answer = send(client, page, "Written for hours.", token=token)
        assert answer.status_code == 400
        assert "Written for hours." in answer.content.decode()
    again = fields_of(answer.content.decode())["token"]
    assert send(client, page, "Written for hours.", token=again).status_code == 302


def test_a_form_without_csrf_token_posts_nothing(page, joanna):
    client = Client(enforce_csrf_checks=True)
    client.force_login(joanna, backend="django.contrib.auth.backends.ModelBackend")
    assert send(client, page, "No token.").status_code == 403
    assert not CommentState.objects.exists()


def test_only_get_and_post_are_answered(page, client):
    assert client.delete(write_url(page)).status_code == 405


def test_the_urls_of_the_package_do_not_exist(talk, client):
    pk = talk.row.comment_id
    for path in [
        f"/comments/reply/{pk}/",
        f"/comments/api/community-discussionthread/{talk.row.thread_id}/",
        "/comments/confirm/x/",
        "/comments/mute/x/",
        f"/en/comments/flag/{pk}/",
    ]:
        assert client.get(path, follow=True).status_code == 404, path


def test_a_withdrawn_comment_leaves_a_place_only_where_it_was_answered(talk):
    reply = posted(talk.client, talk.page, "An answer to it.", parent=talk.row)
    url = f"/en/discussion/withdraw/{talk.row.public_id}/"
    asked = talk.client.get(url)
    assert "We opened a group" in asked.content.decode()
    assert CommentState.objects.get(pk=talk.row.pk).state == State.PUBLISHED
    assert talk.client.post(url).status_code == 302
    html = shown(talk.page)
    assert "We opened a group" not in html
    assert "Withdrawn by its author." in html
    assert "An answer to it." in html
    assert talk.client.post(f"/en/discussion/withdraw/{reply.public_id}/").status_code == 302
    assert "Withdrawn" not in shown(talk.page)
    talk.row.comment.refresh_from_db()
    assert (talk.row.comment.comment, talk.row.comment.user_name) == ("", "")
    assert ModerationDecision.objects.filter(comment=talk.row, new=State.WITHDRAWN, made_by=talk.author).exists()


def test_only_the_author_can_withdraw(talk, editor, client):
    url = f"/en/discussion/withdraw/{talk.row.public_id}/"
    assert "/accounts/login/" in client.post(url).url
    assert signed_in(editor).post(url).status_code == 404
    assert CommentState.objects.get().state == State.PUBLISHED
