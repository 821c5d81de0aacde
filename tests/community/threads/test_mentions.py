"""Names after an @."""

import re

import pytest
from django.core import mail

from community import services, text
from community.models import (
    CommentState,
    DiscussionThread,
    Frequency,
    Mention,
    Scope,
    State,
    Subscription,
    WorkingGroup,
)
from portal import outbox
from portal.models import PageSource
from tests.community.conftest import account, posted, shown, signed_in
from tests.factories import make_pattern, make_resource

pytestmark = pytest.mark.django_db


def mentioned():
    return sorted(Mention.objects.values_list("user__username", flat=True))


def approve(row):
    mo = account("mo", name="Mo de Groot", groups=["Moderators"])
    services.decide(public_id=row.public_id, moderator=mo, new=State.PUBLISHED, reason="no-fault")


@pytest.fixture
def hilda(db):
    return account("hilda", name="Hilda van Dam")


def test_a_name_that_stands_in_the_thread_is_set_off_and_its_owner_noted(talk, hilda):
    row = posted(signed_in(hilda), talk.page, "I agree with @joanna, and (@Joanna) again. Not x@joanna.")
    assert row.state == State.PUBLISHED  # a name that readers see here is no profile elsewhere
    assert row.comment.comment.count("@") == 3
    html = shown(talk.page)
    assert html.count('<b class="named">@joanna</b>') == 1
    assert html.count('<b class="named">@Joanna</b>') == 1
    assert mentioned() == ["joanna"]


def test_the_longest_name_counts(talk, hilda):
    account("hil", name="Hilda")
    posted(signed_in(hilda), talk.page, "My first words.")
    posted(talk.client, talk.page, "As @Hilda van Dam said in passing")
    assert '<b class="named">@Hilda van Dam</b> said' in shown(talk.page)
    assert mentioned() == ["hilda"]


def test_a_name_that_nobody_here_has_looks_the_same_whether_it_exists_or_not(talk, hilda):
    row = posted(talk.client, talk.page, "Ask @Hilda van Dam and @Nobody Atall.", do="insist")
    assert row.held_for == ["profile"]
    approve(row)
    html = shown(talk.page)
    assert "Ask @Hilda van Dam and @Nobody Atall." in html
    assert 'class="named"' not in html
    assert mentioned() == ["hilda"]  # she is told, and the writer is not told that she is there


def test_the_pages_of_writing_tell_nothing_of_a_name(talk, hilda):
    from tests.community.conftest import send

    for name in ["Hilda van Dam", "Nobody At All"]:
        html = send(talk.client, talk.page, f"Hello @{name}", do="preview").content.decode()
        assert f"<mark>@{name.partition(' ')[0]}<sup>1</sup></mark>" in html


def test_who_may_not_read_the_thread_is_not_mentioned_and_leaves_no_trace(talk, hilda):
    talk.page.view_restrictions.create(restriction_type="groups")
    row = talk.row
    from community.threads import mentions

    mentions.note(row, "Ask @Hilda van Dam", author=talk.author)
    assert mentioned() == []
    assert row.mention_spans == []


def test_a_non_member_of_a_private_group_is_not_mentioned(talk, hilda):
    from community.threads import mentions

    group = WorkingGroup.objects.create(code="closed", visibility="private")
    thread = DiscussionThread.objects.create(kind="group", group=group, title="Closed")
    CommentState.objects.filter(pk=talk.row.pk).update(thread=thread)
    row = CommentState.objects.get(pk=talk.row.pk)
    mentions.note(row, "Ask @Hilda van Dam and @Joanna", author=hilda)
    assert mentioned() == []


def test_where_authors_are_shown_by_role_no_name_is_set_off(talk, hilda):
    from community.threads import mentions

    group = WorkingGroup.objects.create(code="open", visibility="public")
    thread = DiscussionThread.objects.create(kind="group", group=group, title="By role", by_role=True)
    CommentState.objects.filter(pk=talk.row.pk).update(thread=thread)
    row = CommentState.objects.get(pk=talk.row.pk)
    mentions.note(row, "As @Joanna said", author=hilda)
    assert row.mention_spans == []


def test_a_closed_account_and_the_writer_are_not_noted(talk, hilda):
    hilda.is_active = False
    hilda.save()
    posted(talk.client, talk.page, "For @Hilda van Dam from @Joanna", do="insist")
    assert mentioned() == []


def test_names_are_counted_anew_when_the_text_changes_and_go_with_it(talk, hilda):
    from tests.community.threads.test_editing import edit

    row = posted(talk.client, talk.page, "For @Hilda van Dam", do="insist")
    edit(talk.client, row, "For nobody, and @Joanna")
    approve(row)
    assert mentioned() == []
    assert '<b class="named">@Joanna</b>' in shown(talk.page)
    services.withdraw(row=row, author=talk.author)
    assert CommentState.objects.get(pk=row.pk).mention_spans == []


def test_a_hundred_names_cost_no_more_queries_than_ten(talk, django_assert_max_num_queries):
    from community.threads import mentions

    for number in range(12):
        account(f"u{number}", name=f"Writer {number:03} x")
    with django_assert_max_num_queries(60):
        mentions.note(talk.row, " ".join(f"@Writer {number:03} x" for number in range(100)), author=talk.author)
    assert Mention.objects.count() == mentions.MOST


def test_places_that_fit_no_more_are_not_set_off():
    assert text.as_html("Hello @Ann", [[6, 10]]) == '<p>Hello <b class="named">@Ann</b></p>'
    link = '<a href="https://a.eu/(@Ann" rel="ugc nofollow noopener">https://a.eu/(@Ann</a>'
    assert text.as_html("https://a.eu/(@Ann)", [[14, 18]]) == f"<p>{link})</p>"
    assert text.as_html("[removed] @Ann", [[6, 10], [90, 99]]) == "<p>[removed] @Ann</p>"


@pytest.mark.parametrize(
    ("words", "html"),
    [
        ("@<b>Joanna</b>", "@&lt;b&gt;"),
        ("https://example.org/@Joanna", '<a href="https://example.org/@Joanna"'),
        ("@Joanna\n\n@Joanna", '<p><b class="named">@Joanna</b></p><p><b class="named">@Joanna</b></p>'),
        ("@Joanna https://example.org/", '<b class="named">@Joanna</b> <a href="https://example.org/"'),
    ],
)
def test_mentions_stand_well_beside_links_paragraphs_and_markup(talk, words, html):
    row = posted(talk.client, talk.page, words, do="insist")
    if row.state == State.HELD:  # a link to a profile
        approve(row)
    assert html in shown(talk.page)


def test_the_name_of_another_thread_is_not_set_off(talk, hilda):
    other = make_pattern()
    posted(signed_in(hilda), other, "Elsewhere.")
    approve(posted(talk.client, talk.page, "Ask @Hilda van Dam", do="insist"))
    assert 'class="named"' not in shown(talk.page)


def marks(client, page, words, **kwargs):
    from tests.community.conftest import send

    html = send(client, page, words, do="preview", **kwargs).content.decode()
    return re.findall(r"<mark>(.*?)<sup>", html)


def test_only_whole_names_of_those_who_are_read_here_are_no_profiles(talk, hilda):
    posted(signed_in(hilda), talk.page, "My first words.")
    assert marks(talk.client, talk.page, "Thanks @Hilda van Dam, @hilda VAN dam: and @Joanna.") == []
    assert marks(talk.client, talk.page, "Not @Hilda alone, nor @Hilda van Damme") == ["@Hilda", "@Hilda"]
    assert marks(talk.client, talk.page, "@Joanna_98 or @Joanna@social.example") == [
        "@Joanna_98",
        "@Joanna@social.example",
    ]


def test_who_is_not_read_here_is_warned_of_like_a_name_that_nobody_has(talk, hilda):
    """Elsewhere, held, hidden, withdrawn, without an account: always the same answer."""
    posted(signed_in(hilda), make_pattern(), "Elsewhere.")
    held = posted(signed_in(account("hans", name="Hansje")), talk.page, "Ring 06-12345678.", do="insist")
    assert held.state == State.HELD
    gone = account("greta", name="Greta")
    services.withdraw(row=posted(signed_in(gone), talk.page, "In passing."), author=gone)
    for name in ["Hilda van Dam", "Hansje", "Greta", "Nobody Atall"]:
        assert marks(talk.client, talk.page, f"Ask @{name}") == [f"@{name.partition(' ')[0]}"]


def test_who_takes_part_may_be_spoken_to_and_not_accused(talk, hilda):
    assert marks(signed_in(hilda), talk.page, "@Joanna wrote it, and Joanna stole the bikes.") != []


def test_authors_of_sources_may_be_argued_with_where_readers_see_them(talk, hilda):
    words = "I do not agree with the chapter in which Anna Visser is a thief of other people's ideas."
    client = signed_in(hilda)
    assert marks(client, talk.page, words)
    resource = make_resource(creators="Bell, D.; Visser, Anna")
    PageSource.objects.create(page=talk.page, resource=resource)
    assert marks(client, talk.page, words) == []
    resource.unpublish()
    assert marks(client, talk.page, words)


def test_a_name_that_a_later_edit_adds_is_told_once(talk, hilda):
    from tests.community.threads.test_editing import edit

    Subscription.objects.update_or_create(user=hilda, scope=Scope.REPLIES, defaults={"frequency": Frequency.INSTANT})
    row = posted(talk.client, talk.page, "Somebody said this before.")
    outbox.drain("community.notices")
    outbox.drain("community.mail")
    assert letters_to(hilda) == []
    posted(signed_in(hilda), talk.page, "My first words.")
    edit(talk.client, row, "@Hilda van Dam said this before.")
    assert mentioned() == ["hilda"]
    assert len(letters_to(hilda)) == 1
    edit(talk.client, row, "@Hilda van Dam said this long before.")
    assert len(letters_to(hilda)) == 1


def letters_to(user):
    outbox.drain("community.notices")
    outbox.drain("community.mail")
    return [letter for letter in mail.outbox if letter.to == [user.email]]
