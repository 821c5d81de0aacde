"""The workbench with keys, without scripts, and as axe sees it."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect
from wagtail_localize.models import StringTranslation, TranslationSource

from tests.e2e.conftest import page_without_scripts, window  # noqa: F401
from tests.factories.editing import signed_in
from translation import writing
from translation.models import TextEvent, Via

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RICH = '<h3>Why</h3><p>Read <a href="/rules/">the rules</a> of <b>all</b> 12 groups first.</p><ul><li>One</li></ul>'
# Wagtail's own side bar and header are not ours to judge.
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.fixture
def translation(french):
    translation = TranslationSource.objects.get(object_id=french.translation_key).translations.get()
    english = translation.source.get_source_instance()
    english.definition = RICH
    english.save_revision().publish()
    translation.source.update_from_db()
    return translation


@pytest.fixture
def opened(translation, live_server):
    session = signed_in("Translators fr").cookies["sessionid"].value
    path = reverse("translation_workbench", args=["fr", translation.pk])

    def open_in(page):
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        page.goto(f"{live_server.url}{path}", wait_until="load")
        return page

    return open_in


def segment(translation, text):
    found = translation.source.stringsegment_set.select_related("string", "context")
    return found.get(string__data__startswith=text)


def field(page, one):
    return page.locator(f"#t-{one.pk}")


def saved(page, one):
    return page.locator(f"#s-{one.pk} [data-bench-saved]")


def data(translation, one):
    found = writing.current(translation, one)
    return found and found.data


def test_a_translation_is_written_with_keys_alone(opened, translation, window):  # noqa: F811
    page = opened(window())
    read, item = segment(translation, "Read"), segment(translation, "One")
    first = page.locator("[data-bench-form] textarea").first
    first.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("Sujet")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-bench-live]")).to_contain_text("Saved")
    assert data(translation, segment(translation, "Subject")) == "Sujet"
    expect(first).not_to_be_focused()
    for _step in range(20):
        if page.evaluate("document.activeElement.id") == f"t-{read.pk}":
            break
        page.keyboard.press("Alt+ArrowDown")
    page.keyboard.type("Lisez ⟨1⟩les règles⟨/1⟩ de ⟨2⟩tous⟨/2⟩ les 12 groupes.")
    expect(saved(page, read)).to_have_text("Saved")  # by itself
    expect(page.locator(f"#s-{read.pk} [data-bench-state]")).to_have_text("done")
    assert data(translation, read) == 'Lisez <a id="a1">les règles</a> de <b>tous</b> les 12 groupes.'
    page.keyboard.press("Control+Enter")
    expect(field(page, item)).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(field(page, read)).to_be_focused()


def test_marks_are_kept_whole_while_typing(opened, translation, window):  # noqa: F811
    page = opened(window())
    one = field(page, segment(translation, "Read"))
    one.fill("Lisez ⟨1⟩les règles⟨/1⟩")
    one.press("End")
    page.keyboard.press("Backspace")
    expect(one).to_have_value("Lisez ⟨1⟩les règles")
    one.evaluate("field => field.setSelectionRange(7, 7)")  # behind the bracket of ⟨1⟩
    page.keyboard.type("x")
    expect(one).to_have_value("Lisez ⟨1⟩xles règles")
    one.evaluate("field => field.setSelectionRange(4, 8)")  # from “ez” into the mark
    page.keyboard.press("Delete")
    expect(one).to_have_value("Lisexles règles")
    one.fill("Lisez règles")
    one.evaluate("field => field.setSelectionRange(6, 12)")
    page.locator(f"#s-{segment(translation, 'Read').pk} [data-open]").first.click()
    expect(one).to_have_value("Lisez ⟨1⟩règles⟨/1⟩")


def test_an_error_is_told_and_the_text_stays(opened, translation, window):  # noqa: F811
    page = opened(window())
    one = segment(translation, "Read")
    field(page, one).fill("Sans lien")
    expect(saved(page, one)).to_contain_text("Not saved:")
    expect(page.locator(f"#s-{one.pk} .bench-problem--error").first).to_be_visible()
    expect(field(page, one)).to_have_value("Sans lien")
    assert data(translation, one) is None


def test_two_at_once_choose_between_their_texts(opened, translation, window):  # noqa: F811
    page = opened(window())
    one = segment(translation, "One")
    writing.write(translation, one, "Premier", user=None, via=Via.EDITOR)
    field(page, one).fill("Second")
    expect(page.locator(f"#s-{one.pk} blockquote")).to_have_text("Premier")
    expect(field(page, one)).to_have_value("Second")
    assert data(translation, one) == "Premier"
    page.get_by_role("button", name="Save mine all the same").click()
    expect(saved(page, one)).to_have_text("Saved")
    assert data(translation, one) == "Second"
    writing.write(translation, one, "Troisième", user=None, via=Via.EDITOR)
    field(page, one).fill("Quatrième")
    page.get_by_role("link", name="Leave theirs").click()
    expect(field(page, one)).to_have_value("Troisième")
    expect(page.locator(f"#s-{one.pk} .bench-conflict")).to_have_count(0)
    assert data(translation, one) == "Troisième"


def test_a_version_is_restored_without_leaving_the_page(opened, translation, window):  # noqa: F811
    page = opened(window())
    one = segment(translation, "One")
    for text in ("Un", "Deux"):
        field(page, one).fill(text)
        field(page, one).blur()
        expect(saved(page, one)).to_have_text("Saved")
        expect(page.locator(f"#s-{one.pk} [data-bench-part=history]")).to_contain_text(text)
    page.locator(f"#s-{one.pk} summary").last.click()
    page.locator(f"#s-{one.pk}").get_by_role("button", name="Restore").first.click()
    expect(field(page, one)).to_have_value("Un")
    assert TextEvent.objects.first().via == Via.UNDO


def test_what_cannot_be_saved_is_not_lost_to_another_version(opened, translation, window):  # noqa: F811
    page = opened(window())
    one = segment(translation, "Read")
    right = "Lisez ⟨1⟩les règles⟨/1⟩ de ⟨2⟩tous⟨/2⟩ les 12 groupes."
    for text in (right, f"D’abord : {right}"):
        field(page, one).fill(text)
        field(page, one).blur()
        expect(saved(page, one)).to_have_text("Saved")
    page.locator(f"#s-{one.pk} .bench-history summary").click()
    expect(field(page, one)).not_to_have_attribute("aria-invalid", "true")
    field(page, one).fill("Sans lien")
    page.locator(f"#s-{one.pk}").get_by_role("button", name="Restore").first.click()
    expect(saved(page, one)).to_contain_text("Not saved:")
    expect(field(page, one)).to_have_value("Sans lien")
    expect(field(page, one)).to_have_attribute("aria-invalid", "true")
    field(page, one).fill("")
    page.locator(f"#s-{one.pk}").get_by_role("button", name="Restore").first.click()
    expect(field(page, one)).to_have_value(right)
    expect(field(page, one)).not_to_have_attribute("aria-invalid", "true")


def test_everything_is_done_without_scripts(opened, translation, page_without_scripts):  # noqa: F811
    page = opened(page_without_scripts)
    one = segment(translation, "Read")
    form = page.locator(f"#f-{one.pk}")
    form.locator("textarea").fill("Lisez ⟨1⟩les règles⟨/1⟩ de ⟨2⟩tous⟨/2⟩ les 13 groupes.")
    with page.expect_navigation():
        form.get_by_role("button", name="Save", exact=True).click()
    assert data(translation, one)
    form.locator("[name=reason-numbers]").fill("One has joined.")
    with page.expect_navigation():
        form.get_by_role("button", name="Save, next").click()
    assert TextEvent.objects.first().reasons == {"numbers": "One has joined."}
    expect(field(page, segment(translation, "One"))).to_be_focused()


def test_on_a_phone_a_field_is_as_high_as_its_text(opened, translation, window):  # noqa: F811
    page = opened(window(viewport={"width": 360, "height": 640}))
    one = field(page, segment(translation, "Read"))
    high = "field => field.clientHeight"
    is_all_seen = "field => field.scrollHeight <= field.clientHeight"
    empty = one.evaluate(high)
    one.fill("Lisez d’abord les règles de tous les groupes. " * 8)
    assert one.evaluate(is_all_seen)
    assert one.evaluate(high) > 2 * empty
    one.fill("")
    assert one.evaluate(high) == empty


def test_the_workbench_breaks_no_rule_of_accessibility(opened, translation, window):  # noqa: F811
    machine = segment(translation, "One")
    writing.write(translation, machine, "Un", user=None, via=Via.MACHINE, tool="Engine")
    wrong = []
    for width, scheme in [(1440, "light"), (1440, "dark"), (320, "light")]:
        # So high that nothing is scrolled under Wagtail's header, which axe takes for a target that is too small.
        page = window(viewport={"width": width, "height": 6000}, color_scheme=scheme)
        page.context.add_init_script(AXE_SCRIPT)
        opened(page)
        one = segment(translation, "Read")
        field(page, one).fill(f"Lisez, {width} {scheme}")
        expect(saved(page, one)).to_contain_text("Not saved:")
        page.locator(f"#s-{machine.pk} summary").last.click()
        found = page.evaluate("rules => axe.run('.bench', rules)", RULES)["violations"]
        wrong += [f"{width} {scheme}: {each['id']} {each['nodes'][0]['html'][:160]}" for each in found]
        wide = page.evaluate("document.documentElement.scrollWidth")
        wrong += [f"scrolls sideways: {wide} of {width}"] if wide > width else []
    assert not wrong, "\n".join(wrong)
    assert StringTranslation.objects.filter(translation_type="machine").exists()
