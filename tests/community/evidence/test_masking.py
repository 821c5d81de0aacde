"""What a report says beside its text is masked at the desk like the text itself, and comes back with it."""

import re

import pytest
from django.core.management import call_command
from django.utils import timezone

from community import services
from community.models import CommentState, PracticeEvidence, Redaction, State
from community.moderation import redaction, reversal
from community.refusals import Refused
from search.service import search
from tests.community.conftest import account, posted, shown, signed_in

from .conftest import reported

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(page, writer):
    return reported(
        writer,
        page,
        text="We asked Mr Quokka to stop.",
        changed="The warden of the north gate left.",
        known_by="Our own count.",
        region="NL-ZH",
    )


def desk(row):
    return f"/admin/comments/{row.public_id}/"


def fields(html):
    return {
        "seen": re.search(r'name="seen" value="([^"]+)"', html)[1],
        "hits": re.findall(r'name="hit" value="([^"]+)"( checked)?', html),
    }


def decide(client, row, **given):
    seen = fields(client.get(desk(row)).content.decode())["seen"]
    return client.post(desk(row), {"seen": seen, "outcome": "redacted", "reason": "rule-3", "sanction": "", **given})


def test_words_beside_the_text_and_the_region_are_masked_sealed_and_put_back(page, row, moderator):
    client = signed_in(moderator)
    html = client.get(desk(row)).content.decode()
    assert "The warden of the north gate left." in html
    assert "Zuid-Holland" in html
    (region,) = [value for value, checked in fields(html)["hits"] if value.endswith("-region")]
    assert (region, "") in fields(html)["hits"]  # offered, not ticked
    words = "Mr Quokka\nwarden of the north gate"
    assert decide(client, row, words=words, words_kind="name", hit=[region]).status_code == 302
    report = PracticeEvidence.objects.get()
    gone = "[name removed by a moderator]"
    assert (report.changed, report.region, str(report.country)) == (f"The {gone} left.", "", "NL")
    assert report.known_by == "Our own count."
    html = shown(page)
    assert f"We asked {gone} to stop." in html
    assert f"The {gone} left." in html
    assert "Zuid-Holland" not in html
    for words in ["warden", "quokka"]:
        assert "warden" not in str(search(words, language="en").hits)
    sealed = Redaction.objects.get()
    assert len(sealed.spans) == 3
    original = client.post(f"{desk(row)}original/").content.decode()
    assert "The warden of the north gate left." in original
    assert "\x1e" not in original
    reversal.reverse(decision=sealed.decision, moderator=moderator, reason="taken-back", new=State.PUBLISHED)
    report.refresh_from_db()
    assert (report.changed, report.region) == ("The warden of the north gate left.", "NL-ZH")
    assert CommentState.objects.get().comment.comment == "We asked Mr Quokka to stop."


def test_what_was_sealed_goes_after_thirty_days(row, moderator):
    decide(signed_in(moderator), row, words="warden of the north gate", words_kind="name")
    Redaction.objects.update(sealed_until=timezone.now())
    call_command("purge")
    sealed = Redaction.objects.get()
    assert sealed.original == ""
    with pytest.raises(Refused, match="purged"):
        redaction.put_back(CommentState.objects.get(), sealed)


def test_the_guard_marks_what_it_finds_beside_the_text(row, moderator):
    PracticeEvidence.objects.update(known_by="Ask jan@voorbeeld.nl about it.")
    html = signed_in(moderator).get(desk(row)).content.decode()
    assert re.search(r'<mark class="desk-hit">jan@voorbeeld.nl<sup>', html)
    (hit,) = [value for value, _checked in fields(html)["hits"] if value.endswith("-email")]
    assert decide(signed_in(moderator), row, hit=[hit]).status_code == 302
    assert "jan@" not in PracticeEvidence.objects.get().known_by
    assert CommentState.objects.get().comment.comment == "We asked Mr Quokka to stop."


def test_no_mask_lies_over_two_texts_or_within_the_region(row):
    whole = redaction.whole(row)
    edge, region = whole.index(redaction.BETWEEN), whole.index("NL-ZH")
    for start, end, kind in [
        (edge - 2, edge + 3, "name"),
        (edge, edge + 1, "name"),
        (region, region + 2, "region"),
        (region, region + 5, "name"),
        (0, 2, "region"),
    ]:
        with pytest.raises(Refused, match="no-such-words"):
            redaction.apply(row, [redaction.Mask(start, end, kind)])
    assert redaction.whole(row) == whole


def test_the_code_of_the_region_is_no_word_to_type(row, moderator):
    answer = decide(signed_in(moderator), row, words="NL-ZH")
    assert answer.status_code == 400
    assert "does not have these words" in answer.content.decode()


def test_a_comment_without_a_report_is_masked_as_before(page, writer, moderator):
    row = posted(writer, page, "A quokka came.")
    services.decide(
        public_id=row.public_id,
        moderator=moderator,
        new=State.PUBLISHED,
        reason="rule-3",
        masks=[redaction.Mask(2, 8, "name")],
    )
    assert Redaction.objects.get().original == "A quokka came."
    assert "A [name removed by a moderator] came." in shown(page)


def test_masked_reports_are_read_by_nobody_else(row, moderator, page):
    decide(signed_in(moderator), row, words="warden of the north gate", words_kind="name")
    for client in [signed_in(account("sam", name="Sam")), signed_in(account("eddy", name="Ed", groups=["Editors"]))]:
        assert "warden" not in client.get(page.url).content.decode()
        assert client.get(desk(row), follow=True).status_code in {200, 403, 404}
        assert "warden" not in client.get(desk(row), follow=True).content.decode()
