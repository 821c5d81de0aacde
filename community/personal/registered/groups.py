"""Working groups: who belongs to them."""

from datetime import timedelta
from typing import Any

from ...groups import archive, messages
from ..person import Person
from ..tables import WITH_THE_ACCOUNT, Purge, nothing_personal, own, register, rows

APPLICATIONS_KEPT = timedelta(days=182)


def _groups_of(person: Person) -> set[int]:
    """Where he was or wrote. Elsewhere his name is a word as any other: names are chosen freely, and one that is a
    common word would take it out of what groups have published."""
    written = rows("community.CommentState", pk__in=person.comments).exclude(thread__group=None)
    member = rows("community.Membership", user=person.pk)
    return {*written.values_list("thread__group", flat=True), *member.values_list("group", flat=True)}


def _erase_quotes(person: Person) -> None:
    """His words, and his name in what the group tells of its talk."""
    rows("community.Quote", comment__in=person.comments).delete()
    for summary in rows("community.GroupSummary", group__in=_groups_of(person)):
        title, text = person.taken_out_of(summary.title), person.taken_out_of(summary.text)
        if (title, text) != (summary.title, summary.text):
            rows("community.GroupSummary", pk=summary.pk).update(title=title, text=text)


def _erase_titles(person: Person) -> None:
    for thread in rows("community.DiscussionThread", group__in=_groups_of(person)).exclude(title=""):
        if person.is_in(thread.title):
            rows("community.DiscussionThread", pk=thread.pk).update(title=person.taken_out_of(thread.title))


def _old_applications(now: Any) -> int:
    return rows("community.Application", changed_at__lt=now - APPLICATIONS_KEPT).delete()[0]


register(
    "community.Membership",
    name="groups",
    export=own(
        "community.Membership",
        "user",
        group="group__code",
        role="role",
        since="since",
        until="until",
        works_as="practitioner",
        made_sure_of="is_verified",
        organisation="organisation",
        country="country",
        shows_name="shows_name",
        shows_organisation="shows_organisation",
        shows_country="shows_country",
    ),
    erased=WITH_THE_ACCOUNT,
    kept="One year after its end; until the threads of an archived group go.",
    purges=(
        Purge("memberships", "Memberships that ended a year ago", archive.purge_memberships),
        Purge("archived groups", "Words in archived groups whose day has come", archive.purge_threads),
    ),
)
nothing_personal("What a group is, in the words of its chairs.", "community.WorkingGroup", "community.GroupText")
register(
    "community.Application",
    name="applications",
    export=own(
        "community.Application",
        "user",
        group="group__code",
        sent="made_at",
        state="state",
        organisation="organisation",
        role="role",
        works_for="practitioner",
        country="country",
        languages="languages",
        motivation="motivation",
        interests="interests",
        question="question",
        answer="answer",
        reason="reason",
        last_step="changed_at",
    ),
    erased=WITH_THE_ACCOUNT,
    kept="Six months after the last step.",
    purges=(Purge("applications", "Applications to working groups", _old_applications),),
)
register(
    "community.GroupMessage",
    name="messages_sent",
    export=own("community.GroupMessage", "sender", group="group__code", sent="made_at", text="text"),
    erased="Deleted with the account of who wrote it, and with that of whom it was for.",
    kept="30 days.",
    purges=(Purge("messages", "Messages between members of working groups", messages.purge),),
)
register(
    "community.Quote",
    name="quotes",
    export=own("community.Quote", "comment__comment__user", text="text", consent="consent", answered="answered_at"),
    erased="Deleted, whether the comment stays or not.",
    kept="As the summary.",
    erase=_erase_quotes,
)
nothing_personal("What a group tells of its talk; the words of members are quotes.", "community.GroupSummary")
register(
    "community.DiscussionThread",
    not_exported="What is discussed, not by whom.",
    erased="A title that names the member loses the name.",
    kept="As the page or the group.",
    erase=_erase_titles,
)
