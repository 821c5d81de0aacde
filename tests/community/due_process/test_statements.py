"""What authors are told: hidden, held by a machine, hidden with the comment above, masked, silenced."""

import uuid

import pytest
from django.core import mail
from django.test import Client
from django.utils import translation

from community import services
from community.due_process import appealing, statements
from community.models import CommentState, DiscussionThread, ModerationDecision, ModeratorNote, Report, State
from community.moderation import authors, branches, redaction, reversal, sanctions
from portal import outbox
from tests.factories import translate

from ..conftest import account, posted, send, signed_in
from ..groups.conftest import join, make_group, make_thread
from .conftest import decide, letter_to, letters, notice, posted_earlier, report, url_of, whole, words

pytestmark = pytest.mark.django_db
JOANNA = "joanna@mail.example"


def told(client, decision):
    return words(client.get(url_of("statement", decision.pk)))


def latest(row):
    return ModerationDecision.objects.filter(comment=row).latest("pk")


def hold(page, user, text="Call me: 020 123 4567.", **fields):
    """A comment that a check holds although its author insists."""
    send(signed_in(user), page, text, do="insist", **fields)
    decision = ModerationDecision.objects.latest("pk")
    assert decision.new == State.HELD
    return decision


def test_hidden_says_what_on_which_ground_by_whom_and_what_to_do(row, moderator, joanna):
    decision = decide(row, moderator, reason="rule-3", explanation="A trade and a street name a person.")
    client = signed_in(joanna)
    read = told(client, decision)
    for part in [
        "Your comment is hidden",
        "Nobody else can read it",
        "The house rules. Rule 3: personal data of others.",
        "A trade and a street name a person.",
        "A person decided this, not a machine.",
        "you can appeal once, free of charge",
        "out-of-court disputes",
        "A moderator acted without a report.",
        "The baker of the third street",
    ]:
        assert part in read, part
    assert url_of("author_appeal", decision.pk) in client.get(url_of("statement", decision.pk)).content.decode()
    letter = letter_to(JOANNA)
    assert letter.subject == "Your comment is hidden"
    for part in ["Rule 3", "A trade and a street", "not a machine", "appeal once", url_of("statement", decision.pk)]:
        assert part in letter.body, part
    assert "baker" not in whole(letter)
    assert "Mo de Groot" not in whole(letter) + read


def test_the_law_and_the_wish_of_a_person_are_other_grounds_than_a_rule(row, moderator, joanna):
    for reason, part in [("law", "The law: in the moderator’s view"), ("asked", "data protection law")]:
        decision = decide(row, moderator, reason=reason)
        assert part in statements.of(decision).ground
        assert "house rules" not in statements.of(decision).ground
        decide(row, moderator, new=State.PUBLISHED, reason="no-fault")


def test_held_by_a_check_says_that_a_machine_did_it_and_for_what(page, joanna):
    decision = hold(page, joanna)
    read = told(signed_in(joanna), decision)
    for part in [
        "Your comment is held",
        "A rule of our software did this by itself. No person has decided yet.",
        "Rule 3: personal data of others",
        "telephone number",
        "You need do nothing",
    ]:
        assert part in read, part
    assert "Appeal" not in read
    letter = letter_to(JOANNA)
    assert "by itself" in letter.body
    assert "020 123" not in whole(letter)


def test_held_because_of_reports_says_so_and_names_nobody(row, joanna):
    row = services.CommentState.objects.get(pk=row.pk)
    decision = services.change(row, State.HELD, reason="reports")
    read = told(signed_in(joanna), decision)
    assert "Several people have reported it. That alone decides nothing." in read
    assert "did this by itself" in read


def test_a_check_that_broke_is_not_said_to_have_found_something(row, joanna):
    decision = services.change(row, State.HELD, reason="check-failed")
    read = told(signed_in(joanna), decision)
    assert "One of our checks did not work." in read
    assert "found" not in read


def test_no_letter_about_a_hold_that_is_over_by_then(page, joanna, moderator):
    decision = hold(page, joanna)
    decide(decision.comment, moderator, new=State.PUBLISHED, reason="no-fault")
    letter = letter_to(JOANNA)
    assert letter.subject == "Your comment is published"
    assert "020" not in whole(letter)


def test_own_contributions_name_the_last_word_and_not_the_hold_before_it(page, joanna, moderator):
    decision = hold(page, joanna)
    own = Client()
    own.force_login(joanna)
    assert "Your comment is held" in words(own.get("/accounts/"))
    decide(decision.comment, moderator)
    read = words(own.get("/accounts/"))
    assert "Your comment is hidden" in read
    assert "Your comment is held" not in read


def test_hidden_with_its_parent_says_that_its_own_words_were_not_the_reason(page, row, moderator, joanna):
    anna = account("anna", name="Anna")
    answer = posted(signed_in(anna), page, "The baker, then.", parent=row)
    deep = answer
    for number in range(4):  # deeper than the thread nests
        deep = posted_earlier(signed_in(anna), page, f"And so on {number}.", parent=deep)
    aside = posted(signed_in(anna), page, "Something else.")
    batch = uuid.uuid4()
    decision = decide(row, moderator, batch=batch)
    assert branches.hide_answers(decision=decision, moderator=moderator, batch=batch) == 5
    aside.refresh_from_db()
    deep.refresh_from_db()
    assert (aside.state, deep.state) == (State.PUBLISHED, State.HIDDEN)
    read = told(signed_in(anna), latest(answer))
    assert "Your comment is hidden with the one it answers" in read
    assert "Your own words were not the reason." in read
    sent = [letter for letter in letters() if letter.to == ["anna@mail.example"]]
    assert {letter.subject for letter in sent} == {"Your comment is hidden with the one it answers"}


def test_what_was_reported_and_goes_with_its_parent_is_decided_and_waits_again_when_it_is_back(
    page, row, moderator, second, rita
):
    answer = posted(signed_in(account("anna", name="Anna")), page, "The baker, then.", parent=row)
    status = report(answer, signed_in(rita))["Location"]
    batch = uuid.uuid4()
    decision = decide(row, moderator, batch=batch)
    branches.hide_answers(decision=decision, moderator=moderator, batch=batch)
    assert "Decided: the comment is hidden" in words(signed_in(rita).get(status))
    assert "Decided: the comment is hidden" in whole(letter_to("rita@mail.example"))
    assert not CommentState.objects.reported().exists()
    reversal.reverse(decision=decision, moderator=second, reason="taken-back")
    assert "Waiting for a moderator" in words(signed_in(rita).get(status))
    assert not [letter for letter in letters() if letter.to == ["rita@mail.example"]]
    assert list(CommentState.objects.reported()) == [answer]
    decide(answer, second, new=State.PUBLISHED, reason="no-fault")
    assert "Decided: the comment stays" in whole(letter_to("rita@mail.example"))


def test_answers_that_a_moderator_wrote_or_reported_neither_go_nor_come_back_by_that_moderator(
    page, row, moderator, second, rita
):
    own = posted(signed_in(moderator), page, "A moderator speaks.", parent=row)
    theirs = posted(signed_in(second), page, "Another one, too.", parent=row)
    told_of = posted(signed_in(rita), page, "The baker, then.", parent=row)
    report(told_of, signed_in(moderator))
    batch = uuid.uuid4()
    decision = decide(row, moderator, batch=batch)
    assert branches.hide_answers(decision=decision, moderator=moderator, batch=batch) == 1
    reversal.reverse(decision=decision, moderator=second, reason="taken-back")
    states = dict(CommentState.objects.values_list("pk", "state"))
    assert [states[each.pk] for each in (own, theirs, told_of)] == [State.PUBLISHED, State.HIDDEN, State.PUBLISHED]


def test_masked_words_are_counted_and_never_repeated(row, moderator, joanna):
    mask = redaction.everywhere("The baker of the third street did it.", "baker", "name")
    decision = decide(row, moderator, new=State.PUBLISHED, reason="rule-3", masks=mask)
    read = told(signed_in(joanna), decision)
    assert "Words were taken out of your comment" in read
    assert "In one place words were removed" in read
    assert "A person decided this, and chose the words." in read
    letter = letter_to(JOANNA)
    assert letter.subject == "Words were taken out of your comment"
    assert "baker" not in whole(letter) + read


def test_silence_is_part_of_the_reasons_with_its_end(row, moderator, joanna):
    decision = decide(row, moderator, reason="rule-5")
    sanctions.impose(decision=decision, moderator=moderator, kind=sanctions.Kind.SILENCE, days=7)
    read = told(signed_in(joanna), decision)
    assert "your account can read everything, but write nothing" in read
    letter = letter_to(JOANNA)
    assert "write nothing" in letter.body


def test_a_sanction_that_comes_later_is_told_in_a_letter_of_its_own(row, moderator, joanna):
    decision = decide(row, moderator, reason="rule-5")
    assert "suspended" not in letter_to(JOANNA).body
    sanctions.impose(decision=decision, moderator=moderator, kind=sanctions.Kind.SUSPENSION)
    assert "Your account is suspended" in letter_to(JOANNA).body


def test_each_comment_hidden_in_one_go_has_reasons_of_its_own(page, row, moderator, joanna):
    posted(signed_in(joanna), page, "A second comment.")
    authors.hide_all(author=joanna, moderator=moderator, reason="rule-7")
    assert [letter.subject for letter in letters()] == ["Your comment is hidden"] * 2


def test_told_in_the_language_that_the_author_has_chosen(page, moderator):
    translate(page, "fr", title="Surveillance de voisinage")
    jeanne = account("jeanne", name="Jeanne")
    jeanne.member.language = "fr"
    jeanne.member.save()
    row = posted(signed_in(jeanne), page, "Le boulanger.", language="fr")
    with translation.override("nl"):  # of the moderator
        decision = decide(row, moderator)
    letter = letter_to("jeanne@mail.example")
    assert letter.extra_headers["Content-Language"] == "fr"
    assert "Surveillance de voisinage" in letter.body
    assert url_of("statement", decision.pk, language="fr") in letter.body


def test_the_account_page_leads_to_each_statement(row, moderator, joanna):
    decision = decide(row, moderator)
    client = signed_in(joanna)
    html = client.get("/accounts/").content.decode()
    assert url_of("statement", decision.pk) in html
    assert "Your comment is hidden" in html
    reversal.reverse(decision=decision, moderator=moderator, reason="no-fault")
    assert "(taken back)" in client.get("/accounts/").content.decode()
    assert "This decision has been taken back." in told(client, decision)


def test_the_account_page_takes_as_many_queries_for_many_decisions(page, moderator, joanna):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = signed_in(joanna), []
    for batch in range(2):
        for number in range(3):
            decide(posted_earlier(client, page, f"Comment {batch} {number}."), moderator)
        client.get("/accounts/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/accounts/")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_visitor_is_told_at_the_place_of_the_comment_only(page, moderator, joanna):
    send(Client(), page, "A visitor speaks.", name="Neighbour")
    row = services.CommentState.objects.latest("pk")
    decide(row, moderator, new=State.PUBLISHED, reason="no-fault")
    posted(signed_in(joanna), page, "An answer.", parent=row)
    letters()
    decide(row, moderator, reason="rule-7")
    assert letters() == []
    from ..conftest import shown

    assert "Rule 7" in shown(page)


def test_nobody_else_reads_the_statement(row, moderator, joanna, rita):
    decision = decide(row, moderator)
    url = url_of("statement", decision.pk)
    for client in [signed_in(rita), signed_in(moderator)]:
        assert client.get(url).status_code == 404
        assert client.get(f"{url}appeal/").status_code == 404
        assert client.post(f"{url}appeal/", {"text": "Mine!"}).status_code == 404
    for pk in [decision.pk, decision.pk + 1000]:  # the same answer, whether there is such a decision or not
        answer = Client().get(url_of("statement", pk))
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/accounts/login/")
    kept = decide(posted(signed_in(joanna), page_of(row), "Fine."), moderator, new=State.PUBLISHED, reason="no-fault")
    assert signed_in(joanna).get(url_of("statement", kept.pk)).status_code == 404


def page_of(row):
    from patterns.models import PatternPage

    return PatternPage.objects.get(translation_key=row.thread.translation_key)


def test_an_account_that_is_gone_or_closed_gets_no_letter(row, moderator, joanna):
    decide(row, moderator)
    joanna.is_active = False
    joanna.save()
    assert letters() == []
    joanna.delete()
    outbox.put("community.mail", f"decision:{ModerationDecision.objects.first().pk}")
    assert letters() == []


def test_nothing_of_a_closed_group_stands_in_a_letter(moderator):
    group = make_group(title="Quiet circle")
    ann, chair = account("ann2", name="Ann"), account("carl", name="Carl")
    join(group, ann)
    join(group, chair, "chair")
    thread = make_thread(group, title="Secret agenda")
    from types import SimpleNamespace

    row = posted(signed_in(ann), SimpleNamespace(translation_key=thread.translation_key), "Words of the circle.")
    decide(row, chair, explanation="You spoke of the quiet circle.")
    letter = letter_to("ann2@mail.example")
    for never in ["Quiet circle", "Secret agenda", "Words of the circle", "You spoke of", "report"]:
        assert never not in whole(letter), never
    assert "reported" not in " ".join(statements.of(latest(row)).facts)
    assert DiscussionThread.objects.filter(pk=thread.pk).exists()


def test_no_output_to_the_author_reveals_who_reported(row, moderator, joanna, rita):
    """Over every page and letter that the author gets, in each state of the report."""
    outputs = []
    client = signed_in(joanna)

    def look():
        outputs.append(client.get("/accounts/").content.decode())
        outputs.extend(
            client.get(url_of("statement", decision.pk)).content.decode()
            for decision in ModerationDecision.objects.all()
        )
        outputs.extend(client.get(url, follow=True).content.decode() for url in pages)
        mail.outbox.clear()
        outbox.drain("community.mail")
        outputs.extend(whole(letter) for letter in mail.outbox if letter.to == [JOANNA])

    page = page_of(row)
    pages = [page.url, url_of("own_reports"), f"/admin/comments/{row.public_id}/", "/accounts/profile/"]
    report(row, signed_in(rita), text="canary-why my cousin Rita")
    notice(row, name="Nora Melder", text="canary-notice", law="canary-law")
    look()
    decision = decide(row, moderator, reason="law")
    look()
    from community.due_process import answering, appealing

    appeal = appealing.of_author(decision=decision, author=joanna, text="No!", nonce="n1")
    answering.answer(
        appeal=appeal, moderator=account("b", groups=["Moderators"]), outcome="upheld", text="Looked at again."
    )
    look()
    everything = "\n".join(outputs)
    assert "Looked at again." in everything
    for never in ["Rita", "rita@", "Nora", "nora@", "canary"]:
        assert never not in everything, never


def test_a_moderator_does_not_see_who_reported_his_own_comment(page, moderator, second, rita):
    """Nor on which ground, nor what colleagues noted of it, nor what a reporter says against its being kept."""
    client = signed_in(moderator)
    own = posted(client, page, "A moderator speaks.")
    report(own, signed_in(rita), reason="about-me", text="canary-why my cousin")
    notice(own, name="Nora Melder", text="canary-notice", law="canary-law")
    ModeratorNote.objects.create(comment=own, made_by=second, text="canary-note: Rita called me")
    desk = "/admin/comments/"
    one = f"{desk}{own.public_id}/"

    def look(*urls):
        said = "".join(client.get(url, follow=True).content.decode() for url in [desk, one, f"{desk}log/", *urls])
        for never in ["Rita", "Nora", "canary"]:
            assert never not in said, never

    look()
    assert "It is about me" not in client.get(one).content.decode()
    assert own.public_id not in client.get(f"{desk}?why=report-about-me").content.decode()
    # Who can be given the comment would tell by who is missing.
    assert "Ann de Wit" not in client.get(one).content.decode()
    assert client.post(f"{one}hand-over/", {"to": second.pk, "text": "Please."}).status_code == 400
    kept = decide(own, second, new=State.PUBLISHED, reason="no-fault")
    mine = Report.objects.get(reporter=rita)
    appeal = appealing.of_reporter(report=mine, decision=kept, text="canary-appeal", nonce="n2")
    look(f"{desk}appeals/", f"{desk}appeals/{appeal.pk}/")
    everything = [one, f"{desk}appeals/", f"{desk}appeals/{appeal.pk}/"]
    theirs = "".join(signed_in(second).get(url).content.decode() for url in everything)
    for seen in ["Rita", "canary-why", "canary-notice", "canary-note", "canary-appeal"]:
        assert seen in theirs, seen


def test_a_moderator_hides_the_answers_along_at_the_desk(page, row, moderator, rita):
    answer = posted(signed_in(rita), page, "The baker, then.", parent=row)
    desk = signed_in(moderator)
    one = f"/admin/comments/{row.public_id}/"
    seen = services.versions([row])[row.pk]
    given = {"outcome": "published", "reason": "", "explanation": "", "answers_too": "on", "seen": seen}
    assert desk.post(one, given).status_code == 400
    assert desk.post(one, {**given, "outcome": "hidden", "reason": "rule-1"}).status_code == 302
    answer.refresh_from_db()
    assert (answer.state, answer.reason) == (State.HIDDEN, "with-parent")
    assert "Undo “hide all”" not in desk.get(one).content.decode()
    desk.post(f"{one}take-back/", {"text": "I was wrong."})
    answer.refresh_from_db()
    assert answer.state == State.PUBLISHED
