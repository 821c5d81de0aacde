"""R12: a term, platform or organisation in use stays; it can be merged into another one, everywhere at once."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, PageLogEntry
from wagtail_localize.models import TranslationSource
from wagtail_localize.operations import translate_object

from patterns.models import PatternPage
from portal.merging import merge, out_of_reach, used_on
from portal.models import Organisation, PageFacet, Person, Platform, Term
from practices.models import PracticePage
from tests.factories import locale, make_home, make_index, make_pattern, make_practice, make_resource, translate
from tests.factories.editing import make_user, signed_in

pytestmark = pytest.mark.django_db


def term(code, language="en", scheme="ethical_risk", **fields):
    fields.setdefault("label", f"{code} {language}")
    return Term.objects.create(scheme=scheme, code=code, locale=locale(language), **fields)


def risk(code):
    return (
        "ethical_risk",
        {"term": code, "text": "What it means.", "mitigation": "", "source": None, "editorial": False},
    )


def organisation(code, **fields):
    return Organisation.objects.create(code=code, name=code.title(), kind="network", **fields)


def channel(platform):
    return ("channel", {"platform": platform, "purpose": "Questions"})


@pytest.fixture
def shaming():
    return term("shaming")


@pytest.fixture
def exposure():
    return term("exposure")


def risks(page):
    stored = PatternPage.objects.get(pk=page.pk)
    return [block.value["term"] for block in stored.considerations]


# Where it is used


def test_unused_entry_is_used_nowhere_and_can_be_deleted(shaming):
    make_pattern(considerations=[risk("other")])
    assert not used_on(shaming)
    shaming.delete()


def test_same_code_of_another_vocabulary_is_not_a_use():
    benefit = term("trust", scheme="ethical_benefit")
    make_pattern(considerations=[risk("trust")])
    assert not used_on(benefit)


def test_use_in_a_draft_alone_counts(shaming):
    page = make_pattern()
    page.considerations = [risk("shaming")]
    page.save_revision()
    (use,) = used_on(shaming)
    assert (use.object.pk, use.live, use.draft) == (page.pk, False, True)


def test_use_behind_a_foreign_key_without_a_way_back_counts():
    lead = organisation("town")
    practice = make_practice(lead_organisation=lead)
    resource = make_resource(organisation=lead)
    person = Person.objects.create(code="p", name="P", organisation=lead)
    assert {(type(use.object), use.object.pk) for use in used_on(lead)} == {
        (Page, practice.pk),
        (Page, resource.pk),
        (Person, person.pk),
    }


@pytest.mark.parametrize("delete", [lambda entry: entry.delete(), lambda entry: Term.objects.all().delete()])
def test_entry_in_use_cannot_be_deleted_from_code_either(shaming, delete):
    make_pattern(considerations=[risk("shaming")])
    with pytest.raises(ProtectedError), transaction.atomic():
        delete(shaming)
    assert Term.objects.filter(code="shaming").exists()


# Merging


def test_merge_replaces_the_code_in_live_pages_drafts_and_listings(shaming, exposure):
    page = make_pattern(considerations=[risk("shaming"), risk("other")])
    draft = make_pattern(live=False, considerations=[risk("shaming")])
    draft.save_revision()
    bystander = make_pattern(considerations=[risk("other")])
    merge(entry=shaming, into=exposure)
    assert risks(page) == ["exposure", "other"]
    assert risks(draft) == ["exposure"]
    assert risks(bystander) == ["other"]
    assert set(PageFacet.objects.filter(page=page, facet="risk").values_list("value", flat=True)) == {
        "exposure",
        "other",
    }
    for changed in (page, draft):
        content = PatternPage.objects.get(pk=changed.pk).get_latest_revision_as_object()
        assert content.considerations[0].value["term"] == "exposure"
    assert not Term.objects.filter(code="shaming").exists()


def test_merge_reaches_every_older_revision(shaming, exposure):
    page = make_pattern(considerations=[risk("shaming")])
    page.considerations = []
    page.save_revision().publish()
    merge(entry=shaming, into=exposure)
    oldest = page.revisions.order_by("pk").first()
    assert "shaming" not in json.dumps(oldest.content)


def test_merge_removes_the_term_in_every_language(shaming, exposure):
    make_pattern(considerations=[risk("shaming")])
    term("shaming", "fr")
    merge(entry=shaming, into=exposure)
    assert not Term.objects.filter(code="shaming").exists()


def test_list_that_holds_both_codes_keeps_one(exposure):
    old, new = term("apps", scheme="citizen_tool"), term("apps-new", scheme="citizen_tool")
    use = ("citizen", {"use": "watchdogs", "strength": "core", "tools": ["apps", "apps-new"], "note": ""})
    page = make_pattern(uses=[use])
    merge(entry=old, into=new)
    assert PatternPage.objects.get(pk=page.pk).uses[0].value["tools"] == ["apps-new"]


def test_merge_reaches_translations_and_what_translators_work_from(shaming, exposure):
    make_home("fr")
    make_index(type(make_pattern().get_parent().specific), "patterns", "fr")
    page = PatternPage.objects.get(pk=make_pattern(considerations=[risk("shaming")]).pk)
    translate_object(page, [locale("fr")])
    merge(entry=shaming, into=exposure)
    french = PatternPage.objects.get(translation_key=page.translation_key, locale=locale("fr"))
    assert risks(french) == ["exposure"]
    source = TranslationSource.objects.get_for_instance(page)
    assert "shaming" not in source.content_json
    source.translations.get().save_target(publish=False)
    assert risks(french) == ["exposure"]


def test_merge_replaces_ids_in_streams_keys_and_revisions():
    old, new = (Platform.objects.create(code=code, name=code, kind="website") for code in ("old", "new"))
    lead, other = organisation("lead"), organisation("other")
    page = make_practice(
        channels=[channel(old)], lead_organisation=lead, partners=[("partner", {"organisation": lead, "role": ""})]
    )
    merge(entry=old, into=new)
    merge(entry=lead, into=other)
    for version in (PracticePage.objects.get(pk=page.pk), page.revisions.latest("pk").as_object()):
        assert version.channels[0].value["platform"] == new
        assert version.lead_organisation == other
        assert version.partners[0].value["organisation"] == other


def test_failed_merge_changes_nothing(shaming, exposure, monkeypatch):
    page = make_pattern(considerations=[risk("shaming")])
    monkeypatch.setattr("portal.merging._log", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        merge(entry=shaming, into=exposure)
    assert risks(page) == ["shaming"]


@pytest.mark.parametrize("other", [{"scheme": "ethical_benefit"}, {}])
def test_only_two_terms_of_one_vocabulary_merge(shaming, other):
    into = term("x", **other) if other else shaming
    with pytest.raises(ValueError, match="Merge two different"):
        merge(entry=shaming, into=into)


# In the admin


def url(entry, name):
    return reverse(entry.snippet_viewset.get_url_name(name), args=[entry.pk])


def test_deletion_of_an_entry_in_use_is_refused_with_the_pages_and_the_way_out(shaming):
    page = make_pattern(title="Neighbourhood watch", considerations=[risk("shaming")])
    editor = signed_in("Editors")
    for response in (editor.get(url(shaming, "delete")), editor.post(url(shaming, "delete"))):
        assert response.status_code == 409
        html = response.content.decode()
        assert "Neighbourhood watch" in html
        assert url(shaming, "merge") in html
    assert Term.objects.filter(pk=shaming.pk).exists()
    assert risks(page) == ["shaming"]


def test_deletion_of_a_selection_is_refused_if_one_of_it_is_in_use(shaming, exposure):
    make_pattern(considerations=[risk("shaming")])
    address = reverse("wagtail_bulk_action", args=["portal", "term", "delete"])
    response = signed_in("Editors").post(f"{address}?id={shaming.pk}&id={exposure.pk}")
    assert response.status_code == 409
    assert Term.objects.count() == 2


def test_unused_entry_is_deleted_in_the_admin(shaming):
    make_home()  # who may delete an entry of a language has rights in its tree
    signed_in("Editors").post(url(shaming, "delete"))
    assert not Term.objects.exists()


def test_merge_page_says_what_will_change_and_does_it(shaming, exposure):
    page = make_pattern(title="Neighbourhood watch", considerations=[risk("shaming")])
    editor = signed_in("Editors")
    choose = editor.get(url(shaming, "merge")).content.decode()
    assert "exposure en" in choose
    shown = editor.get(url(shaming, "merge"), {"into": exposure.pk}).content.decode()
    assert "Neighbourhood watch" in shown
    assert risks(page) == ["shaming"]
    response = editor.post(url(shaming, "merge"), {"into": exposure.pk}, follow=True)
    assert "was merged into" in response.content.decode()
    assert risks(page) == ["exposure"]
    assert ModelLogEntry.objects.filter(action="portal.merge", object_id=exposure.pk).exists()
    assert PageLogEntry.objects.filter(action="portal.merge", page_id=page.pk).exists()
    history = editor.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "was merged into" in history


def test_merge_without_a_choice_says_so_and_changes_nothing(shaming):
    response = signed_in("Editors").post(url(shaming, "merge"), {"into": ""})
    assert response.status_code == 200
    assert "This field is required" in response.content.decode()
    assert Term.objects.filter(pk=shaming.pk).exists()


@pytest.mark.parametrize("group", ["Authors", "Moderators", "Translators fr"])
def test_others_may_not_merge(shaming, exposure, group):
    response = signed_in(group).post(url(shaming, "merge"), {"into": exposure.pk})
    assert response.status_code in {302, 403}
    assert Term.objects.filter(pk=shaming.pk).exists()


def test_who_may_not_publish_every_page_is_refused_and_told_how_many(shaming, exposure):
    """Editors publish in the main language alone."""
    page = make_pattern(considerations=[risk("shaming")])
    french = translate(page, "fr")
    client = signed_in("Editors")
    shown = client.get(url(shaming, "merge"), {"into": exposure.pk})
    assert "1 place is beyond your rights" in shown.text
    assert "Yes, merge" not in shown.text
    refused = client.post(url(shaming, "merge"), {"into": exposure.pk})
    assert refused.status_code == 403
    assert "1 place is beyond your rights" in refused.text
    assert (risks(page), risks(french)) == (["shaming"], ["shaming"])
    signed_in("Coordinators").post(url(shaming, "merge"), {"into": exposure.pk})
    assert (risks(page), risks(french)) == (["exposure"], ["exposure"])


def test_a_scheduled_version_of_a_page_out_of_reach_counts(shaming, exposure):
    french = translate(make_pattern(), "fr")
    french.considerations = [risk("shaming")]
    french.save_revision(approved_go_live_at=timezone.now() + timedelta(days=1))
    french.considerations = []
    french.save_revision()
    assert not used_on(shaming)
    with pytest.raises(PermissionDenied):
        merge(entry=shaming, into=exposure, user=make_user("Editors"))
    assert merge(entry=shaming, into=exposure, user=make_user("Coordinators")) is not None


def test_an_entry_of_another_register_counts_too():
    lead = organisation("lead")
    Person.objects.create(code="p", name="P", organisation=lead)
    user = make_user("Editors")
    assert out_of_reach(lead, user) == 0
    user.groups.first().permissions.filter(codename="change_person").delete()
    assert out_of_reach(lead, get_user_model().objects.get(pk=user.pk)) == 1


def test_number_of_queries_for_rights_is_the_same_for_more_pages(shaming):
    user = make_user("Coordinators")
    counts = []
    for _number in range(2):
        make_pattern(considerations=[risk("shaming")])
        make_pattern(considerations=[risk("shaming")])
        with CaptureQueriesContext(connection) as queries:
            assert out_of_reach(shaming, user) == 0
        counts.append(len(queries))
    assert counts[1] <= counts[0]
