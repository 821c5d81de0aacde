"""The desk in the admin, used by moderators who are no superusers."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from community import services
from community.desk.decision import other_moderators
from community.models import (
    CannedReply,
    Claim,
    CommentState,
    DutyContact,
    LegalHold,
    ModerationAct,
    ModeratorNote,
    Redaction,
    Sanction,
    State,
)
from community.moderation import sanctions
from portal import outbox
from tests.community.conftest import account, signed_in
from tests.community.groups.conftest import join, make_group, make_thread

from .conftest import hidden, kept, reported, text_of, written

pytestmark = pytest.mark.django_db
QUEUE = "/admin/comments/"
ACTS = ["claim", "give-back", "hand-over", "note", "e-mail", "original", "take-back", "hide-all", "legal-hold"]


def one(row, act=""):
    return f"{QUEUE}{row.public_id}/{act and act + '/'}"


def page_of(client, url, **data):
    answer = client.post(url, data, follow=True) if data else client.get(url)
    return answer.content.decode()


def decide(client, row, **data):
    seen = services.versions([row])[row.pk]
    return client.post(one(row), {"seen": seen, "outcome": "hidden", "reason": "rule-3", **data}, follow=True)


def test_every_act_is_refused_by_get_and_to_others(page, joanna, moderator, editor):
    row = written(page, joanna, "canary", held_for="links")
    hold = LegalHold.objects.create(comment=row, authority="C", reference="1", expires_at="2100-01-01T00:00Z")
    urls = [one(row, act) for act in ACTS]
    urls += [f"{QUEUE}hold/{hold.pk}/ask/", f"{QUEUE}hold/{hold.pk}/end/"]
    urls += [f"{QUEUE}undo/0b5e2fd2-6a4f-4be4-9b8e-1f6d2f6f6a11/"]
    mine, theirs = signed_in(moderator), signed_in(editor)
    for url in urls:
        assert mine.get(url).status_code == 405, url
        assert mine.head(url).status_code == 405, url
        for answer in [theirs.post(url, follow=True), theirs.get(url, follow=True)]:
            assert "canary" not in answer.content.decode(), url
    for url in [f"{QUEUE}log/", f"{QUEUE}next/", one(row, "danger"), one(row)]:
        assert "canary" not in theirs.get(url, follow=True).content.decode()
        assert theirs.get(url).status_code == 302
    assert ModerationAct.objects.count() == 0
    assert CommentState.objects.get().state == State.HELD


def test_acts_need_the_token_of_a_form(page, joanna, moderator):
    from django.test import Client

    row = written(page, joanna)
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderator, backend="django.contrib.auth.backends.ModelBackend")
    for url in [QUEUE, one(row), *(one(row, act) for act in ACTS), one(row, "danger"), f"{QUEUE}log/"]:
        assert client.post(url).status_code == 403, url


def test_the_queue_covers_what_the_guard_found_and_the_page_of_the_comment_marks_it(page, joanna, moderator):
    row = written(page, joanna, "Call +31 6 12345678 or <b>me</b>.", held_for="phone")
    client = signed_in(moderator)
    queue = page_of(client, QUEUE)
    assert "12345678" not in queue
    assert "▪" in queue
    assert "telephone number" in queue
    assert "&lt;b&gt;me&lt;/b&gt;" in queue
    assert not ModerationAct.objects.exists()
    html = page_of(client, one(row))
    assert re.search(r'<mark class="desk-hit">\+31 6 12345678<sup>1</sup></mark>', html)
    assert "[telephone number removed by a moderator]" in html
    page_of(client, one(row))
    assert ModerationAct.objects.get().kind == "opened"  # once a day


def test_words_are_masked_without_script_by_ticks_and_by_typing(page, joanna, moderator):
    source = "Ask Piet Jansen on +31 6 12345678, says Piet Jansen."
    row, client = written(page, joanna, source, held_for="phone"), signed_in(moderator)
    hit = re.search(r'name="hit" value="([^"]+)"', page_of(client, one(row))).group(1)
    data = {"outcome": "redacted", "words": "Piet Jansen\n", "words_kind": "name", "hit": hit}
    wrong = decide(client, row, **{**data, "words": "Piet Janssen"})
    assert wrong.status_code == 400
    assert "does not have these words" in wrong.content.decode()
    assert "Piet Janssen" in wrong.content.decode()  # what was typed is kept
    for bad in [{"reason": "no-fault"}, {"hit": "0-99999-phone"}, {"hit": "", "words": ""}, {"outcome": "published"}]:
        assert decide(client, row, **{**data, **bad}).status_code == 400, bad
    assert text_of(row) == source
    decide(client, row, **data, sanction="warning")
    name = "[name removed by a moderator]"
    assert text_of(row) == f"Ask {name} on [telephone number removed by a moderator], says {name}."
    assert CommentState.objects.get().state == State.PUBLISHED
    assert Sanction.objects.get().kind == "warning"
    html = page_of(client, one(row))
    assert source not in html
    assert source in page_of(client, one(row, "original"), x="1")
    assert ModerationAct.objects.filter(kind="original").count() == 1
    page_of(client, one(row, "take-back"), text="It was a public number.")
    assert text_of(row) == source
    assert Sanction.objects.get().lifted_by is not None
    assert Redaction.objects.count() == 1


def test_a_ready_text_goes_to_the_author_in_the_authors_language(page, joanna, moderator):
    joanna.member.language = "nl"
    joanna.member.save()
    replies = {}
    for language in ["nl", "en"]:
        replies[language] = CannedReply.objects.create(
            reason="rule-3", language=language, title=f"Data {language}", text=f"Ready {language}."
        )
    first, second = written(page, joanna, "One."), written(page, joanna, "Two.")
    visitor = written(page, text="Three.", held_for="visitor")
    client = signed_in(moderator)
    html = page_of(client, one(first))
    assert "Data nl" in html
    assert "Data en" not in html
    assert decide(client, first, reply=replies["en"].pk).status_code == 400
    decide(client, first, reply=replies["nl"].pk, explanation="And this.")
    assert first.decisions.last().text == "Ready nl.\n\nAnd this."
    versions = services.versions([second, visitor])
    ids = [f"{row.public_id}.{versions[row.pk]}" for row in (second, visitor)]
    client.post(QUEUE, {"ids": ids, "outcome": "hidden", "reason": "rule-3", "ready_text": "on"})
    assert [row.decisions.last().text for row in (second, visitor)] == ["Ready nl.", "Ready en."]


def test_the_email_address_is_shown_once_for_a_purpose_and_logged(page, joanna, moderator):
    row, client = written(page, joanna), signed_in(moderator)
    assert "joanna@mail.example" not in page_of(client, one(row)) + page_of(client, QUEUE)
    assert "joanna@mail.example" not in page_of(client, one(row, "e-mail"), purpose="")
    assert "joanna@mail.example" in page_of(client, one(row, "e-mail"), purpose="danger")
    act = ModerationAct.objects.get(kind="email")
    assert (act.made_by, act.details) == (moderator, {"purpose": "danger"})
    assert "joanna@mail.example" not in page_of(client, one(row)) + page_of(client, f"{QUEUE}log/")


def test_a_comment_is_taken_noted_on_and_handed_over(page, joanna, moderator, second):
    row = written(page, joanna, held_for="links")
    mine, hers = signed_in(moderator), signed_in(second)
    page_of(mine, one(row, "claim"), x="1")
    assert "Mo de Groot is deciding" in page_of(hers, QUEUE)
    assert "Nothing else is waiting" in hers.get(f"{QUEUE}next/", follow=True).content.decode()
    assert f"/{row.public_id}/" in mine.get(f"{QUEUE}next/").url
    assert "Mo de Groot is deciding on it" in decide(hers, row).content.decode()
    page_of(mine, one(row, "note"), text="He has written this before.")
    assert "He has written this before." in page_of(hers, one(row))
    html = page_of(mine, one(row, "hand-over"), to=second.pk, text="")
    assert "Handed over" not in html
    page_of(mine, one(row, "hand-over"), to=second.pk, text="Yours, please.")
    assert Claim.objects.get().holder == second
    assert ModeratorNote.objects.count() == 2
    assert decide(hers, row).status_code == 200
    row.refresh_from_db()
    assert row.state == State.HIDDEN


def test_a_note_is_seen_at_the_other_comments_of_the_author_and_nowhere_else(page, joanna, moderator, editor):
    row, other = written(page, joanna, "One."), written(page, joanna, "Two.")
    ModeratorNote.objects.create(comment=row, made_by=moderator, text="canary-note")
    assert "canary-note" in page_of(signed_in(moderator), one(other))
    for url in ["/accounts/", page.url]:
        assert "canary-note" not in signed_in(joanna).get(url, follow=True).content.decode()


def test_all_of_an_author_is_hidden_and_brought_back_from_the_page_of_a_comment(page, joanna, moderator):
    rows = [written(page, joanna, f"Words {number}.") for number in range(3)]
    client = signed_in(moderator)
    assert "Hide every comment" in page_of(client, one(rows[0], "hide-all"), reason="rule-7")  # not sure yet
    assert not CommentState.objects.filter(state=State.HIDDEN).exists()
    page_of(client, one(rows[0], "hide-all"), reason="rule-7", sure="on")
    assert CommentState.objects.filter(state=State.HIDDEN).count() == 3
    batch = rows[0].decisions.last().batch
    assert f"{QUEUE}undo/{batch}/" in page_of(client, one(rows[1]))
    assert "3 comments decided" in page_of(client, f"{QUEUE}undo/{batch}/", x="1")
    assert CommentState.objects.filter(state=State.PUBLISHED).count() == 3


def test_a_legal_hold_is_placed_and_ended_by_two(page, joanna, moderator, second):
    row, mine, hers = written(page, joanna), signed_in(moderator), signed_in(second)
    data = {"authority": "Court of The Hague", "reference": "12/26"}
    for wrong in ["", "yesterday", "2020-01-01", (date.today() + timedelta(days=800)).isoformat()]:
        page_of(mine, one(row, "legal-hold"), **data, expires_on=wrong)
    assert not LegalHold.objects.exists()
    until = (date.today() + timedelta(days=60)).isoformat()
    page_of(mine, one(row, "legal-hold"), **data, expires_on=until)
    hold = LegalHold.objects.get()
    assert "Court of The Hague" in page_of(hers, one(row))
    page_of(mine, f"{QUEUE}hold/{hold.pk}/ask/", x="1")
    page_of(mine, f"{QUEUE}hold/{hold.pk}/end/", x="1")
    assert LegalHold.objects.in_force().exists()
    page_of(hers, f"{QUEUE}hold/{hold.pk}/end/", x="1")
    assert not LegalHold.objects.in_force().exists()


def test_the_duty_contact_is_called_by_mail_without_a_word_of_the_comment(page, joanna, moderator):
    row, client = written(page, joanna, "canary-words"), signed_in(moderator)
    assert "No duty contact is set" in page_of(client, one(row, "danger"))
    duty = DutyContact.for_site(Site.objects.get(is_default_site=True))
    duty.name, duty.phone, duty.email = "Dee", "+31 70 000 0000", "duty@mail.example"
    duty.save()
    html = page_of(client, one(row, "danger"))
    assert "Dee" in html
    assert "duty@mail.example" not in html
    assert not mail.outbox
    page_of(client, one(row, "danger"), steps=["read", "emergency"])
    act = ModerationAct.objects.get(kind="danger")
    assert act.details == {"steps": ["read", "emergency"], "mailed": True}
    outbox.drain("community.mail")
    [sent] = mail.outbox
    assert sent.to == ["duty@mail.example"]
    assert one(row) in sent.body
    assert "[x] Where minutes count" in sent.body
    assert "canary" not in sent.subject + sent.body + str(sent.alternatives)
    assert "Joanna" not in sent.body


def test_the_log_tells_who_did_what_and_is_filtered_and_downloaded(page, joanna, moderator, second):
    row = written(page, joanna, "canary-words", held_for="links")
    hidden(row, moderator, explanation="=HYPERLINK(1)")
    other = written(page, joanna, "Other words.")
    kept(other, second)
    client = signed_in(moderator)
    page_of(client, one(other, "note"), text="canary-note")
    log = page_of(client, f"{QUEUE}log/")
    assert log.count('role="row"') == 6  # head, two by rule, two decisions, one act
    assert "canary" not in log
    assert page_of(client, f"{QUEUE}log/?who={moderator.pk}").count('role="row"') == 3
    assert page_of(client, f"{QUEUE}log/?what=by-rule").count('role="row"') == 3
    assert page_of(client, f"{QUEUE}log/?what=noted&comment={other.public_id}").count('role="row"') == 2
    assert page_of(client, f"{QUEUE}log/?since=2100-01-01").count('role="row"') == 0
    assert client.get(f"{QUEUE}log/?since=nonsense&who=x&p=99999").status_code == 200
    answer = client.post(f"{QUEUE}log/", {"who": moderator.pk})
    table = answer.content.decode()
    assert answer["Content-Type"].startswith("text/csv")
    assert table.count("\r\n") == 3
    assert "'=HYPERLINK(1)" in table  # no formula
    assert "canary" not in table
    assert "Joanna" not in table
    assert ModerationAct.objects.get(kind="exported").details == {"lines": 2}


def test_moderators_of_a_group_see_the_log_of_their_group_alone(page, joanna, moderator):
    from community.desk import log
    from tests.community.groups.conftest import join, make_group

    chair = account("chair", name="Chair")
    join(make_group(), chair, role="moderator")
    hidden(written(page, joanna), moderator)
    assert list(log.keys(chair, {})) == []
    assert len(log.keys(moderator, {})) == 2


def test_a_list_of_500_with_awkward_rows_is_decided_row_by_row(page, joanna, moderator, second):
    rows = [written(page, joanna, f"Held {number}.", held_for="links") for number in range(500)]
    seen = services.versions(rows)
    ids = [f"{row.public_id}.{seen[row.pk]}" for row in rows]
    hidden(rows[7], second)
    services.withdraw(row=rows[8], author=joanna)
    type(rows[9].comment).norel_objects.filter(pk=rows[9].comment_id).update(user=moderator)
    reported(kept(rows[10], second).comment, moderator)
    client = signed_in(moderator)
    answer = client.post(QUEUE, {"ids": [*ids, ids[0], "zzz.1"], "outcome": "published", "reason": ""}, follow=True)
    html = answer.content.decode()
    assert "496 comments decided." in html
    assert f"(already decided by Ann): {rows[7].public_id}" in html
    assert f"(you wrote it yourself): {rows[9].public_id}" in html
    assert f"(you reported it yourself): {rows[10].public_id}" in html
    assert f"(it is not there any more): {rows[8].public_id}, zzz" in html
    states = [CommentState.objects.get(pk=row.pk).state for row in rows[6:12]]
    assert states == ["published", "hidden", "withdrawn", "held", "published", "published"]
    assert page_of(client, f"{QUEUE}?kind=decided&n=500").count("data-desk-row") == 499


def test_the_queue_is_narrowed_by_words_reason_and_who_is_free(page, joanna, moderator, second):
    linked = written(page, joanna, "A hundred links.", held_for="links")
    told = written(page, joanna, "Told on.")
    reported(told, None, "rule-5")
    written(page, moderator, "My own.", held_for="links")
    client = signed_in(moderator)
    for query, there, gone in [
        ("q=hundred", linked, told),
        (f"q={told.public_id}", told, linked),
        ("why=links", linked, told),
        ("why=report-rule-5", told, linked),
    ]:
        html = page_of(client, f"{QUEUE}?{query}")
        assert one(there) in html, query
        assert one(gone) not in html, query
    assert "My own." in page_of(client, QUEUE)
    assert "Not yours to decide" in page_of(client, QUEUE)
    assert "My own." not in page_of(client, f"{QUEUE}?due=free")
    CommentState.objects.filter(pk=linked.pk).update(changed_at="2020-01-01T00:00Z")
    late = page_of(client, f"{QUEUE}?due=late")
    assert one(linked) in late
    assert one(told) not in late
    assert "1 late" in page_of(client, "/admin/")
    assert client.get(f"{QUEUE}?n=7&p=x&why=zzz&kind=zzz").status_code == 200


def test_the_pages_take_as_many_queries_for_many_rows(page, joanna, moderator):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = signed_in(moderator), []
    for batch in range(2):
        for number in range(3):
            row = written(page, joanna, f"Held {batch} {number}. +31 6 1234567{number}", held_for="links")
            ModeratorNote.objects.create(comment=row, made_by=moderator, text="Note.")
        counts.append([])
        for url in [QUEUE, f"{QUEUE}log/"]:
            client.get(url)
            with CaptureQueriesContext(connection) as captured:
                client.get(url)
            counts[-1].append(len(captured))
    assert counts[0] == counts[1]


def test_a_comment_takes_as_many_queries_for_many_moderators(page, joanna, moderator):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    row, client, counts = written(page, joanna, "Held.", held_for="links"), signed_in(moderator), []
    for batch in range(2):
        for number in range(3):
            account(f"mo{batch}{number}", name=f"Mod {batch}{number}", groups=["Moderators"])
        client.get(one(row))
        with CaptureQueriesContext(connection) as captured:
            html = client.get(one(row)).content.decode()
        assert html.count("Mod ") == 3 * (batch + 1)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_comment_is_handed_to_whoever_may_decide_on_it(page, joanna, moderator, second):
    group = make_group(visibility="readable")
    people = {name: account(name.lower(), name=name) for name in ("Carl", "Sue", "Finn", "Rita", "Mem")}
    roles = {"Carl": "chair", "Sue": "moderator", "Finn": "moderator", "Mem": "member"}
    for name, role in roles.items():
        join(group, people[name], role, until=timezone.now() if name == "Finn" else None)
    people["Rita"].groups.add(Group.objects.get(name="Moderators"))
    gone = account("gone", name="Gone", groups=["Moderators"], is_active=False)
    at_fault = written(page, people["Sue"], "Out of order.")
    sanctions.impose(decision=hidden(at_fault, second), moderator=second, kind="suspension")
    inside, outside = written(page, joanna, "Inside."), written(page, joanna, "Outside.")
    CommentState.objects.filter(pk=inside.pk).update(thread=make_thread(group))
    for row in (inside, outside):
        reported(row, people["Rita"])
    root = User.objects.create_superuser("root")

    def offered(row):
        row = CommentState.objects.select_related("thread__group").get(pk=row.pk)
        return set(other_moderators(row, moderator))

    assert offered(inside) == {second, root, people["Carl"]}
    assert offered(outside) == {second, root}
    group.visibility = "private"
    group.save()
    assert offered(inside) == {root, people["Carl"]}
    assert gone not in offered(outside)


def test_ready_texts_are_kept_by_moderators_and_by_nobody_else(moderator, editor):
    add = reverse(CannedReply.snippet_viewset.get_url_name("add"))
    data = {"reason": "rule-1", "language": "fr", "title": "Noms", "text": "Pas de noms."}
    assert signed_in(editor).post(add, data).status_code == 302
    assert not CannedReply.objects.exists()
    signed_in(moderator).post(add, data)
    assert CannedReply.objects.get().title == "Noms"
