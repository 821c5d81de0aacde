"""What the public is told of moderation: numbers of months that are over, and nothing else."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from community.models import Appeal, CommentState, ModerationAct, ModerationDecision, Redaction, Report, Sanction
from community.moderation import authors, figures, redaction, reversal, sanctions

from .conftest import hidden, kept, old_account, reported, written

pytestmark = pytest.mark.django_db
MODELS = [ModerationDecision, ModerationAct, Report, Sanction, Appeal]
URL = "/en/discussion/moderation/"


def move_back(days):
    """As if all of it had happened so many days earlier."""
    for model in MODELS:
        for row in model._base_manager.all():
            model._base_manager.filter(pk=row.pk).update(made_at=row.made_at - timedelta(days=days))
    for row in CommentState.objects.all():
        CommentState.objects.filter(pk=row.pk).update(posted_at=row.posted_at - timedelta(days=days))


def counted(number):
    return {str(each.label): each.count for each in figures.figures(figures.year(number))}


@pytest.fixture
def last_year(page, joanna, moderator):
    """One of each, a year ago."""
    fine = written(page, joanna, "canary-fine", held_for="links")
    kept(fine, moderator)
    bad = written(page, joanna, "canary-bad")
    reported(bad, old_account("rita", name="Rita"), "rule-1")
    cause = hidden(bad, moderator, reason="rule-1")
    sanctions.impose(decision=cause, moderator=moderator, kind=Sanction.Kind.WARNING)
    masked = written(page, joanna, "canary-masked")
    kept(masked, moderator, reason="rule-3", masks=[redaction.Mask(0, 6, "other")])
    wrong = hidden(written(page, joanna, "canary-wrong"), moderator, reason="law")
    reversal.reverse(decision=wrong, moderator=moderator, reason="taken-back")
    ModerationAct.objects.create(kind="danger", comment=bad, made_by=moderator)
    assert Redaction.objects.count() == 1
    move_back(366)
    return timezone.now().year - 1


def test_each_figure_counts_what_it_says(last_year, page, joanna, moderator):
    authors.hide_all(author=joanna, moderator=moderator, reason="rule-7")  # this month: not yet told
    found = counted(last_year)
    expected = {
        "Published at once": 3,
        "Held by a rule until somebody had read them": 1,
        "It accuses somebody, or names a suspect": 1,
        "Published, or kept": 1,
        "Words masked, the rest published": 1,
        "Rule 1: a suspect or an accusation": 1,
        "The law forbids it": 1,
        "Rule 7: off the subject, advertising": 0,
        "Decisions taken back": 1,
        "warned": 1,
        "Calls of the duty contact for danger to life": 1,
    }
    assert {label: found[label] for label in expected} == expected


def test_figures_stay_when_the_accounts_go(last_year, joanna, moderator):
    before = counted(last_year)
    joanna.delete()
    moderator.delete()
    assert counted(last_year) == before


def test_the_page_and_the_table_say_the_same_and_name_nobody(last_year):
    html = Client().get(f"{URL}{last_year}/").content.decode()
    table = Client().get(f"{URL}{last_year}/csv/").content.decode()
    for each in figures.figures(figures.year(last_year)):
        assert str(each.label) in html
        assert f"{each.count}" in table
    for secret in ["canary", "Joanna", "Mo de Groot", "Rita", "mail.example"]:
        assert secret not in html + table
    assert Client().get("/nl/discussion/moderation/").status_code == 200


def test_years_without_figures_do_not_exist(last_year):
    for number in [1, 1999, last_year + 3, 99999]:
        assert Client().get(f"{URL}{number}/").status_code == 404
        assert Client().get(f"{URL}{number}/csv/").status_code == 404


def test_a_month_that_is_not_over_is_not_counted(page, joanna, moderator):
    hidden(written(page, joanna), moderator, reason="rule-1")
    year = figures.year(timezone.localtime().year)
    assert year.end.day == 1
    assert year.end <= timezone.now()
    assert counted(timezone.localtime().year)["Rule 1: a suspect or an accusation"] == 0
    assert Client().get(URL).status_code == 200


def test_half_of_what_was_held_is_decided_within(page, joanna, moderator):
    for number, hours in enumerate([1, 5, 50]):
        row = written(page, joanna, f"Held {number}.", held_for="links")
        decision = kept(row, moderator)
        held_at = timezone.make_aware(datetime(2020, 3, 1))
        made = ModerationDecision._base_manager
        made.filter(comment=row, new="held").update(made_at=held_at)
        made.filter(pk=decision.pk).update(made_at=held_at + timedelta(hours=hours))
    assert figures.hours_to_decide(figures.year(2020)) == 5
    assert figures.hours_to_decide(figures.year(2019)) is None
