"""One page of each kind that translators, reviewers and coordinators meet, with something on each of them."""

import polib
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from library.models import GlossaryTerm
from tests.factories import locale
from tests.factories.editing import make_user
from translation import comments, desk, review, states, writing
from translation.exchange import outgoing
from translation.exchange.formats import FORMATS
from translation.models import TermUse, TranslationStatus, Via

from .exchange.pages import made, segment, write
from .remembering import edit, finish

READ = 'Read <a id="a1">the statutes</a> &amp; <b>ask</b> 3 people.'
IN_FILE = {"Des lanternes", "Des", "Les", "Lisez.", "Gone", "Parti", "nowhere"}


def addresses(client):
    """By what they are; `client` is signed in as somebody who may open them all."""
    user = make_user("Coordinators", "Editors", name="coordinator")
    writer = make_user("Translators fr", name="a-writer")
    client.force_login(user)
    (translation,) = made("Lanterns", "fr", definition="")
    term = GlossaryTerm.objects.create(
        locale=locale("en"), code="statutes", term="statutes", definition="Rules of a club."
    )
    TermUse.objects.create(
        translation_key=term.translation_key, locale=locale("fr"), rendering="statuts", forbidden="lois", note="Plural."
    )
    (other,) = made("Lanterns at night", "fr")
    finish(other)
    write(translation, "Lanterns", "Lanternes", user=writer)
    write(translation, "Lanterns", "Lampions", user=user)
    write(translation, "Nobody decides alone.", "Personne ne décide seul.", via=Via.MACHINE)
    path = segment(translation, "Lanterns").context.path
    question = comments.ask(translation, path, user=writer, text="Which lanterns?", to_original=True)
    comments.answer(question, user=user, text="Those of the street.")
    (handed_in,) = made("Bells", "fr", definition="<p>They ring at noon.</p>")
    finish(handed_in)
    write(handed_in, "Bells", "Cloches", user=writer)
    review.submit(handed_in, user=writer, note="The last text is difficult.")
    source = other.source
    edit(source.get_source_instance(), summary="Who watches & who decides now.")
    states.rebuild()
    status = TranslationStatus.objects.get(title="Lanterns", locale=locale("fr"))
    desk.take(status=status, user=user)
    of_page = [translation.target_locale.language_code, translation.pk]
    return {
        "desk": reverse("translation_desk", args=["fr"]) + "?state=mine",
        "missing": reverse("translation_desk", args=["fr"]) + "?state=free",
        "workbench": reverse("translation_workbench", args=of_page),
        "frozen workbench": reverse("translation_workbench", args=["fr", handed_in.pk]),
        "comments": reverse("translation_comments", args=of_page),
        "comment": reverse("translation_comment", args=[question.pk]),
        "questions": reverse("translation_questions"),
        "sending to review": reverse("translation_review", args=of_page),
        "review": reverse("translation_review", args=["fr", handed_in.pk]),
        "machine": reverse("translation_machine", args=of_page),
        "changes": reverse("translation_changes", args=[source.pk]),
        "terms": reverse("translation_terms", args=["fr"]),
        "term": reverse("translation_term", args=["fr", term.translation_key]),
        "files": reverse("translation_exchange", args=["fr"]),
        "files of a page": reverse("translation_exchange_page", args=of_page),
        "import": planned(client, translation, user),
    }


def planned(client, translation, user):
    """A file with texts that are new, changed here meanwhile, wrong, and unknown."""
    file = polib.pofile(FORMATS["po"].write(outgoing.document(translation)).decode())
    said = {"Lanterns": "Des lanternes", "Who watches & who decides.": "Qui veille.", READ: "Lisez."}
    for entry in file:
        entry.msgstr = said.get(entry.msgid, entry.msgstr)
    file.append(polib.POEntry(msgctxt="nowhere", msgid="Gone", msgstr="Parti"))
    writing.write(translation, segment(translation, "Lanterns"), "Les lanternes", user=user, via=Via.EDITOR)
    upload = SimpleUploadedFile("lanterns.po", str(file).encode())
    address = reverse("translation_exchange_page", args=["fr", translation.pk])
    return client.post(address, {"file": upload}).url
