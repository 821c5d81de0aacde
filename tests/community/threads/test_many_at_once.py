"""On PostgreSQL with real threads: what is locked, and what is counted."""

import pytest
from django.test import Client

from community import services
from community.models import CommentRevision, CommentState, ModerationDecision, Reaction, State
from community.screening import Draft
from community.threads import editing, reacting
from tests.community.conftest import account, aged, posted, send, shown, signed_in, together
from tests.factories import make_pattern

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture
def row(transactional_db):
    return posted(signed_in(account("joanna", name="Joanna")), make_pattern(), "The first words.")


def answer(row, number, page):
    author = account(f"a{number}", name=f"Author {number} x")
    draft = Draft(
        page=page,
        thread=None,
        user=author,
        name="A",
        text=f"Answer {number}.",
        language="en",
        parent=row,
        nonce=str(number),
    )
    return lambda: services.post_comment(draft=draft, findings=[])


def page_of(row):
    from wagtail.models import Page

    return Page.objects.get(translation_key=row.thread.translation_key).specific


def test_of_an_answer_and_a_change_at_once_either_comes_first_and_nothing_is_lost(row):
    page = page_of(row)

    def change():
        return editing.edit_comment(row=row, new_text="Other words.", language="en", findings=[])

    results = together(change, *[answer(row, number, page) for number in range(4)])
    assert CommentState.objects.filter(parent=row).count() == 4
    changed = CommentState.objects.select_related("comment").get(pk=row.pk)
    if isinstance(results[0], services.Refused):
        assert changed.comment.comment == "The first words."
        assert not CommentRevision.objects.exists()
    else:
        # Whoever answered did so afterwards: the change came before all of them.
        assert changed.comment.comment == "Other words."
        assert CommentState.objects.filter(parent=row, posted_at__lt=changed.edited_at).count() == 0


def test_twenty_reactions_at_once_are_all_counted_and_each_member_once(row):
    users = [account(f"u{number}", name=f"Member {number} x") for number in range(10)]
    calls = [lambda user=user: reacting.react(row=row, user=user, kind="useful") for user in users * 2]
    results = together(*calls)
    assert all(isinstance(result, Reaction) for result in results), results
    assert CommentState.objects.get(pk=row.pk).useful == Reaction.objects.count() == 10


def test_reacting_and_taking_back_at_once_leave_the_right_number(row):
    users = [account(f"u{number}", name=f"Member {number} x") for number in range(8)]
    for user in users[:4]:
        reacting.react(row=row, user=user, kind="useful")
    calls = [lambda user=user: reacting.take_back(row=row, user=user, kind="useful") for user in users[:4]]
    calls += [lambda user=user: reacting.react(row=row, user=user, kind="useful") for user in users[4:]]
    together(*calls)
    assert CommentState.objects.get(pk=row.pk).useful == Reaction.objects.count() == 4


def test_hiding_and_changing_at_once_never_leaves_the_new_words_public(row):
    moderator = account("mo", name="Mo x", groups=["Moderators"])

    def hide():
        return services.decide(public_id=row.public_id, moderator=moderator, new=State.HIDDEN, reason="rule-1")

    def change():
        return editing.edit_comment(row=row, new_text="Other words.", language="en", findings=[])

    together(hide, change)
    now = CommentState.objects.select_related("comment").get(pk=row.pk)
    assert now.state == State.HIDDEN
    assert not now.comment.is_public


def test_one_form_sent_by_a_double_click_posts_once(transactional_db):
    """Through the view, as a browser sends it."""
    page, author = make_pattern(), account("joanna", name="Joanna")
    token = aged(page)
    clients = [signed_in(author) for _click in range(4)]
    results = together(*[lambda client=client: send(client, page, "Once.", token=token) for client in clients])
    assert {answer.status_code for answer in results} <= {302, 400}
    assert CommentState.objects.count() == 1


def test_twenty_members_answer_at_once_by_the_form(row):
    """With all checks on. Nothing is lost, each answer stands where its number says, and every page shows the same."""
    page = page_of(row)
    members = [account(f"w{number}", name=f"Writer {number} x") for number in range(20)]
    clients = [signed_in(member) for member in members]
    words = [f"{word} tells us in words of one's own" for word in "abcdefghijklmnopqrst"]
    calls = [
        lambda client=client, text=text: send(client, page, text, parent=row)
        for client, text in zip(clients, words, strict=True)
    ]
    results = together(*calls)
    assert [getattr(answer, "status_code", answer) for answer in results] == [302] * 20
    answers = CommentState.objects.filter(parent=row).select_related("comment")
    assert sorted(each.comment.comment for each in answers) == sorted(words)
    assert [each.pk for each in answers.order_by("path")] == sorted(each.pk for each in answers)
    assert len({each.path for each in answers}) == 20
    seen = {shown(page, query="?sort=old") for _time in range(3)}
    assert len(seen) == 1


def test_of_two_moderators_at_once_one_decides_and_the_other_is_told_by_whom(row):
    """Through the desk: whoever comes second reads who was faster, and changes nothing."""
    one, other = (account(name, name=f"{name} x", groups=["Moderators"]) for name in ("Anna", "Bert"))
    seen = f"{row.public_id}.{services.versions([row])[row.pk]}"
    clients = [signed_in(one), signed_in(other)]
    outcomes = [{"outcome": "published", "reason": "no-fault"}, {"outcome": "hidden", "reason": "rule-1"}]
    calls = [
        lambda client=client, outcome=outcome: client.post("/admin/comments/", {"ids": [seen], **outcome}, follow=True)
        for client, outcome in zip(clients, outcomes, strict=True)
    ]
    pages = [answer.content.decode() for answer in together(*calls)]
    decision = ModerationDecision.objects.get(comment=row, automated=False)
    first, second = (0, 1) if decision.made_by == one else (1, 0)
    assert "1 comment decided." in pages[first]
    assert f"already decided by {decision.made_by.member.display_name}" in pages[second]
    row.refresh_from_db()
    assert row.state == outcomes[first]["outcome"]


def test_one_account_at_once_from_many_windows_posts_no_more_than_it_may(transactional_db):
    page, author = make_pattern(), account("joanna", name="Joanna")
    clients = [signed_in(author) for _window in range(12)]
    calls = [
        lambda client=client, number=number: send(client, page, f"{'abcdefghijkl'[number] * 4} is said here")
        for number, client in enumerate(clients)
    ]
    answers = together(*calls)
    assert sorted(answer.status_code for answer in answers) == [302] * 5 + [400] * 7
    assert CommentState.objects.count() == 5
    refused = [answer.content.decode() for answer in answers if answer.status_code == 400]
    assert all("That is a lot at once." in html and " is said here" in html for html in refused)


def test_one_account_at_once_in_many_discussions_posts_no_more_than_it_may(transactional_db):
    pages, author = [make_pattern(number=number) for number in range(30, 42)], account("joanna", name="Joanna")
    clients = [signed_in(author) for _window in pages]
    calls = [
        lambda client=client, page=page, number=number: send(client, page, f"{'abcdefghijkl'[number] * 4} is said here")
        for number, (client, page) in enumerate(zip(clients, pages, strict=True))
    ]
    answers = together(*calls)
    assert sorted(answer.status_code for answer in answers) == [302] * 5 + [400] * 7
    assert CommentState.objects.count() == 5


def test_a_visitor_at_once_from_many_windows_sends_no_more_than_he_may(transactional_db):
    page = make_pattern()
    calls = [
        lambda number=number: send(Client(), page, f"{'abcdefgh'[number] * 4} is said here", name=f"Visitor {number} x")
        for number in range(8)
    ]
    answers = together(*calls)
    assert sorted(answer.status_code for answer in answers) == [302] * 3 + [400] * 5


def test_the_same_words_at_once_from_many_forms_are_kept_once(transactional_db):
    page, author = make_pattern(), account("joanna", name="Joanna")
    clients = [signed_in(author) for _window in range(4)]
    answers = together(*[lambda client=client: send(client, page, "Said once.") for client in clients])
    assert sorted(answer.status_code for answer in answers) == [302, 400, 400, 400]
    assert CommentState.objects.count() == 1
