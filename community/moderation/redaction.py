"""Masks words of a comment instead of taking the whole comment away.

Readers see what kind of thing was removed, in the language of the comment. The original is sealed for 30 days. A report
from practice is one text for this, see `whole`: its words beside the comment and its region can be masked like it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_lazy
from django_comments_xtd.models import XtdComment

from .. import text
from ..models import CommentState, ModerationDecision, PracticeEvidence, Redaction
from ..refusals import Refused

# What a moderator calls it, and what readers see in its place.
KINDS = {
    "name": (gettext_lazy("name"), gettext_lazy("[name removed by a moderator]")),
    "phone": (gettext_lazy("telephone number"), gettext_lazy("[telephone number removed by a moderator]")),
    "email": (gettext_lazy("e-mail address"), gettext_lazy("[e-mail address removed by a moderator]")),
    "address": (gettext_lazy("address"), gettext_lazy("[address removed by a moderator]")),
    "plate": (gettext_lazy("number plate"), gettext_lazy("[number plate removed by a moderator]")),
    "iban": (gettext_lazy("account number"), gettext_lazy("[account number removed by a moderator]")),
    "id_number": (gettext_lazy("personal number"), gettext_lazy("[personal number removed by a moderator]")),
    "coordinates": (gettext_lazy("position on the map"), gettext_lazy("[position removed by a moderator]")),
    "profile": (gettext_lazy("profile elsewhere"), gettext_lazy("[profile removed by a moderator]")),
    "accusation": (gettext_lazy("accusation"), gettext_lazy("[accusation removed by a moderator]")),
    "other": (gettext_lazy("other words"), gettext_lazy("[words removed by a moderator]")),
}
# Of a report alone, and never typed: the country stays.
REGION = "region"
PARTS = ("changed", "known_by", REGION)  # of a report, after the text of its comment
BETWEEN = "\x1e"  # a control character, which no kept text has


@dataclass(frozen=True, order=True)
class Mask:
    """A place in the whole text of a comment, and what it is."""

    start: int
    end: int
    kind: str


def everywhere(source: str, words: str, kind: str) -> list[Mask]:
    """Each place where exactly these words stand."""
    found: list[Mask] = []
    start = source.find(words) if words else -1
    while start >= 0:
        found.append(Mask(start, start + len(words), kind))
        start = source.find(words, start + len(words))
    return found


def merged(masks: Iterable[Mask]) -> list[Mask]:
    """In the order of the text; places that overlap become one, of the kind of the first."""
    result: list[Mask] = []
    for mask in sorted(masks):
        if result and mask.start < result[-1].end:
            result[-1] = Mask(result[-1].start, max(mask.end, result[-1].end), result[-1].kind)
        else:
            result.append(mask)
    return result


def masked(source: str, masks: Iterable[Mask], language: str) -> str:
    done, parts = 0, []
    for mask in merged(masks):
        parts += [source[done : mask.start], placeholder(mask.kind, language)]
        done = mask.end
    return "".join([*parts, source[done:]])


def whole(row: CommentState) -> str:
    """The text of the comment, and after it what a report says beside it. Asked anew."""
    text = XtdComment.norel_objects.values_list("comment", flat=True).get(pk=row.comment_id)
    beside = PracticeEvidence.objects.filter(comment=row.pk).values_list(*PARTS).first()
    return BETWEEN.join([text, *(beside or ())])


def parts(whole_text: str) -> list[tuple[int, str]]:
    """Each text of the whole, with the place where it begins."""
    found, start = [], 0
    for part in whole_text.split(BETWEEN):
        found.append((start, part))
        start += len(part) + len(BETWEEN)
    return found


def without_region(whole_text: str) -> str:
    """What a person has typed."""
    found = parts(whole_text)
    return whole_text[: found[-1][0]] if len(found) > 1 else whole_text


def readable(whole_text: str) -> str:
    return "\n\n".join(part for _start, part in parts(whole_text) if part)


def placeholder(kind: str, language: str) -> str:
    """What readers see instead, in the language of the comment. Of a region nothing: it is a code and no text."""
    if kind == REGION:
        return ""
    with translation.override(language):
        return str(KINDS[kind if kind in KINDS else "other"][1])


def label(kind: str) -> str:
    if kind == REGION:
        return gettext("region")
    return str(KINDS[kind][0]) if kind in KINDS else gettext("other words")


@dataclass(frozen=True)
class Sealed:
    """What was taken out of a comment, before the decision that did so has its row."""

    original: str
    digest: str
    masks: list[Mask]


def apply(row: CommentState, masks: Sequence[Mask]) -> Sealed:
    """Put the masked text into the comment. Places outside the text, or of no known kind, are refused."""
    original = whole(row)
    found = merged(masks)
    if not all(_fits(mask, original) for mask in found):
        raise Refused("no-such-words")
    sealed = Sealed(original, row.digest, found)
    _write(row, masked(original, found, row.language))
    return sealed


def _fits(mask: Mask, original: str) -> bool:
    """Whether it lies within one of the texts; the region goes as a whole, and alone."""
    if not 0 <= mask.start < mask.end <= len(original) or BETWEEN in original[mask.start : mask.end]:
        return False
    found = parts(original)
    start, region = found[-1] if len(found) > 1 else (len(original), "")
    is_region = mask.start >= start
    whole_region = (mask.start, mask.end) == (start, start + len(region))
    return mask.kind == REGION and whole_region if is_region else mask.kind in KINDS


def seal(sealed: Sealed, decision: ModerationDecision) -> Redaction:
    spans = [[mask.start, mask.end, mask.kind] for mask in sealed.masks]
    return Redaction.objects.create(
        comment=decision.comment, decision=decision, original=sealed.original, digest=sealed.digest, spans=spans
    )


def put_back(row: CommentState, redaction: Redaction) -> None:
    """The original words again, while they are still there."""
    if redaction.purged_at or not redaction.original:
        raise Refused("purged")
    _write(row, redaction.original)


def forget(row: CommentState) -> None:
    """The author has withdrawn the comment, or it was erased: what was sealed goes with it."""
    row.redactions.filter(purged_at=None).update(original="", digest="", purged_at=timezone.now())


def _write(row: CommentState, whole_text: str) -> None:
    words, *beside = whole_text.split(BETWEEN)
    row.digest = text.digest(words)
    row.mention_spans = []  # the places have moved
    row.save(update_fields=["digest", "mention_spans"])
    XtdComment.norel_objects.filter(pk=row.comment_id).update(comment=words)
    if beside:
        PracticeEvidence.objects.filter(comment=row.pk).update(**dict(zip(PARTS, beside, strict=True)))
