"""The whole first content on the site, and loading it a second time."""

import datetime

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, ReferenceIndex, Revision, Site

from content.files import read_records
from content.kinds import PAGES
from content.loading import load
from content.models import LoadedRecord
from patterns.models import PatternPage, PatternRelation
from portal.models import HomePage, Organisation, PageFacet, PageSource, Term
from practices.models import PracticePage
from workshops.models import WorkshopPage

pytestmark = [pytest.mark.django_db, pytest.mark.content, pytest.mark.usefixtures("loaded_site")]

FILES = settings.BASE_DIR / "content"


def row_counts():
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        counts = {}
        for table in tables:
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
    return counts


def page_states():
    return list(
        Page.objects.order_by("pk").values_list(
            "pk", "path", "title", "slug", "live", "latest_revision", "live_revision", "last_published_at", "numchild"
        )
    )


def test_every_record_of_the_files_is_there():
    records = read_records(FILES, [])
    there = {
        (kind.type, code, language)
        for kind in PAGES.values()
        for code, language in kind.model.objects.live().values_list("code", "locale__language_code")
    }
    assert {record.key for record in records if record.kind.is_page} <= there
    assert {code for _type, code, _language in there} == {record.code for record in records if record.kind.is_page}


def test_the_tree_is_sound():
    assert not any(Page.find_problems())
    assert not Page.objects.filter(alias_of__isnull=False).exists()
    assert not Page.objects.filter(live=False, depth__gt=1).exists()
    assert not Page.objects.filter(has_unpublished_changes=True).exists()
    assert HomePage.objects.filter(path__startswith="0001", depth=2).count() == HomePage.objects.count()


def test_the_site_starts_at_the_english_home_page():
    site = Site.objects.get(is_default_site=True)
    assert site.root_page.specific == HomePage.objects.get(locale__language_code="en")
    assert not Page.objects.filter(title__startswith="Welcome to your new").exists()


def test_publishing_was_done_as_by_an_editor():
    """Signals ran: what listings filter by is there, and so is what the editors’ admin looks up."""
    pattern = PatternPage.objects.get(code="neighbourhood-watch", locale__language_code="en")
    assert PageFacet.objects.filter(page=pattern, facet="group", value="prevent").exists()
    assert pattern.first_published_at
    assert pattern.latest_revision == pattern.live_revision
    assert ReferenceIndex.get_references_to(pattern).exists()
    assert PatternPage.objects.search("neighbourhood").count()


def test_references_lead_to_pages_in_the_language_they_were_written_in():
    home = HomePage.objects.get(locale__language_code="en")
    entries = {block.value["situation"]: block.value["page"] for block in home.key_entries}
    pages = PatternPage.objects.in_bulk(entries.values())
    assert len(pages) == 8
    assert {page.locale.language_code for page in pages.values()} == {"en"}


def test_fields_of_every_kind_are_filled():
    faenza = PracticePage.objects.get(code="faenza-fa-tamtam", locale__language_code="en")
    assert faenza.started == "2015"
    assert str(faenza.latitude) == "44.29007"
    assert faenza.country.code == "IT"
    assert faenza.lead_organisation == Organisation.objects.get(code="unione-romagna-faentina")
    assert faenza.contacts.get().person.name == "Monica Visentin"
    assert not faenza.contacts.get().person.may_be_shown
    assert faenza.technology
    berlin = WorkshopPage.objects.get(code="berlin-diy-policing-2017", locale__language_code="en")
    assert berlin.date_start.first_day == datetime.date(2017, 1, 10)
    assert berlin.series.planned_count == 6
    assert berlin.shown_quotes
    assert [row.sort_order for row in berlin.portal_sources.all()] == [0, 1, 2]
    assert PageSource.objects.filter(resource__locale__language_code="en").count() == PageSource.objects.count()
    assert Term.objects.filter(scheme="ethical_risk", code="wrongful-accusation", locale__language_code="en").exists()
    assert PatternRelation.objects.exists()


def test_loading_twice_changes_nothing():
    counts, states = row_counts(), page_states()
    said = []
    load(FILES, say=said.append)
    assert said == ["Nothing new to load."]
    assert row_counts() == counts
    assert page_states() == states


def test_loading_again_only_reads():
    with CaptureQueriesContext(
        connection,
    ) as queries:
        load(FILES)
    assert not [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_checking_again_only_reads():
    counts, states = row_counts(), page_states()
    load(FILES, check=True)
    assert row_counts() == counts
    assert page_states() == states


def test_an_edit_on_the_site_is_kept():
    page = PatternPage.objects.get(code="diy-justice", locale__language_code="en")
    page.title = "Justice without a judge"
    page.save_revision().publish()
    term = Term.objects.filter(code="wrongful-accusation").first()
    term.label = "Wrong person"
    term.save()
    revisions = Revision.objects.count()
    load(FILES)
    page.refresh_from_db()
    term.refresh_from_db()
    assert (page.title, term.label) == ("Justice without a judge", "Wrong person")
    assert Revision.objects.count() == revisions


def test_a_draft_edit_on_the_site_is_kept():
    page = PatternPage.objects.get(code="diy-justice", locale__language_code="en")
    page.title = "Not yet"
    page.save_revision()
    load(FILES)
    page = PatternPage.objects.get(pk=page.pk)
    assert page.title == "DIY justice"
    assert page.get_latest_revision_as_object().title == "Not yet"


def test_what_was_deleted_on_the_site_stays_deleted():
    PracticePage.objects.get(code="decidim-cities", locale__language_code="en").delete()
    Term.objects.filter(scheme="crime_type").delete()
    pages = Page.objects.count()
    load(FILES)
    assert Page.objects.count() == pages
    assert not Term.objects.filter(scheme="crime_type").exists()


def test_a_page_that_editors_made_with_the_same_code_is_left_alone():
    page = PatternPage.objects.get(code="diy-justice", locale__language_code="en")
    LoadedRecord.objects.filter(code="diy-justice").delete()
    load(FILES)
    assert PatternPage.objects.filter(code="diy-justice", locale__language_code="en").get() == page


def test_ids_of_blocks_are_unique_on_a_page():
    for pattern in PatternPage.objects.filter(locale__language_code="en"):
        ids = [block.id for block in [*pattern.considerations, *pattern.forces, *pattern.guidance, *pattern.uses]]
        assert all(ids)
        assert len(ids) == len(set(ids))
