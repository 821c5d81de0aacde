"""What somebody wrote at length comes back when the session has ended meanwhile, in every form."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.models import Application, GroupSummary

from .conftest import account, posted, signed_in, write_url
from .due_process.conftest import decide
from .evidence.conftest import filled, reported
from .groups.conftest import join, make_group, make_thread

pytestmark = pytest.mark.django_db
WORDS = "An hour of work </textarea> went into this."
SAFE = "An hour of work &lt;/textarea&gt; went into this."


def comes_back(url, data, *, status=403, client=None, words=(SAFE,)):
    answer = (client or Client()).post(url, data)
    html = answer.content.decode()
    assert answer.status_code == status, url
    assert [word for word in words if word not in html] == [], url
    assert f'href="{url}"' in html
    assert "no-store" in answer.headers["Cache-Control"]
    return html


def test_changes_concerns_and_appeals(talk, moderator):
    comes_back(reverse("community:edit", args=[talk.row.public_id]), {"text": WORDS})
    comment = reverse("community:comment", args=[talk.page.translation_key, talk.row.public_id])
    comes_back(comment, {"do": "concern", "text": WORDS})
    made = decide(talk.row, moderator)
    comes_back(reverse("community:author_appeal", args=[made.pk]), {"text": WORDS})


def test_every_long_answer_of_a_report_from_practice(page, joanna):
    row = reported(signed_in(joanna), page)
    html = comes_back(
        reverse("community:edit_report", args=[row.public_id]),
        filled(page, text=WORDS, changed="Fewer fires & fights.", known_by="We counted them."),
        words=(SAFE, "Fewer fires &amp; fights.", "We counted them."),
    )
    assert html.count("<textarea") == 3


def test_what_is_written_in_a_working_group(db):
    group, ann = make_group(visibility="public", takes_applications=True), account("ann", name="Ann")
    join(group, ann, "chair")
    summary = GroupSummary.objects.create(group=group, title="T", text="T", language="en")
    asked = Application.objects.create(
        group=group, user=account("bo", name="Bo"), state="asked", consented_at=timezone.now()
    )
    comes_back(reverse("groups:join", args=[group.code]), {"motivation": WORDS})
    comes_back(reverse("groups:write_to_all", args=[group.code]), {"text": WORDS})
    comes_back(reverse("groups:new_summary", args=[group.code]), {"title": "T", "text": WORDS})
    comes_back(reverse("groups:edit_summary", args=[summary.public_id]), {"do": "save", "title": "T", "text": WORDS})
    comes_back(reverse("groups:application", args=[asked.pk]), {"do": "answer", "answer": WORDS})


def test_a_closed_group_stays_unknown_and_the_words_come_back(db):
    thread = make_thread(make_group())
    secret = comes_back(write_url(thread), {"text": WORDS}, status=404)
    nowhere = "0a5cbd38-0000-4000-8000-000000000000"
    unknown = comes_back(write_url(thread).replace(str(thread.translation_key), nowhere), {"text": WORDS}, status=404)
    assert secret.replace(str(thread.translation_key), nowhere) == unknown


def test_without_words_the_way_leads_to_the_sign_in(talk):
    url = reverse("community:comment", args=[talk.page.translation_key, talk.row.public_id])
    assert "/accounts/login/" in Client().post(url, {"do": "useful"}).url
    assert "/accounts/login/" in Client().get(reverse("community:edit", args=[talk.row.public_id])).url


def test_a_lost_form_token_gives_every_long_answer_back_and_no_password(talk):
    client = Client(enforce_csrf_checks=True)
    data = {"text": WORDS, "changed": "Fewer fires.", "password": "four words or more", "language": "en"}
    answer = client.post(write_url(talk.page), data)
    html = answer.content.decode()
    assert (answer.status_code, SAFE in html, "Fewer fires." in html) == (403, True, True)
    assert "four words" not in html
    assert html.count("<textarea") == 2


def test_whoever_is_signed_in_and_may_not_write_gets_the_usual_answer(talk):
    posted(talk.client, talk.page, "Another one.")
    other = signed_in(account("ann", name="Ann"))
    answer = other.post(reverse("community:edit", args=[talk.row.public_id]), {"text": WORDS})
    assert (answer.status_code, SAFE in answer.content.decode()) == (404, False)
