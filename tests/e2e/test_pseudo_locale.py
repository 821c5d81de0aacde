"""In a language of long words no text of the interface is left untranslated, cut off or wider than the screen."""

import re

import pytest
from django.conf import settings

from tests.e2e import pseudo
from tests.e2e.pages import NOWHERE, longest_of_each_type, views

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.content]

WIDTHS = (1280, 390)
# The same in every language, beside codes in capitals.
NAMES = {"BibTeX", "GeoJSON", "Turtle", "Atom", "Feed", "Twitter", "zzzzz", *(name for _code, name in settings.LANGUAGES)}
# Each text on the page, and what is said to those who do not see it.
TEXTS = """root => {
  const found = [document.title], skipped = /^(SCRIPT|STYLE|TEMPLATE|NOSCRIPT|TEXTAREA|CODE|PRE|tspan)$/;
  document.querySelectorAll("mark").forEach((one) => one.replaceWith(...one.childNodes));
  for (const one of document.querySelectorAll(`${root}, ${root} *`)) {
    if (skipped.test(one.tagName) || !one.checkVisibility()) continue;
    one.normalize();
    found.push(...[...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data));
    for (const name of ["aria-label", "title", "placeholder", "alt", "data-head"]) found.push(one.getAttribute(name) ?? "");
  }
  return found.map((text) => text.replace(/\\s+/g, " ").trim()).filter((text) => /[a-z]{2}/i.test(text));
}"""
# What is wider than its box: cut off where the box hides it, over the edge of a button or link where it does not.
CUT = """root => [...document.querySelectorAll(`${root} *`)].filter((one) => {
  const style = getComputedStyle(one), hides = (axis) => ["hidden", "clip"].includes(axis);
  if (!one.checkVisibility() || style.display === "inline" || !one.innerText?.trim()) return false;
  if (/^(INPUT|SELECT)$/.test(one.tagName) || one.closest(".vh, .w-sr-only") || style.clipPath !== "none") return false;
  const isWide = one.scrollWidth > one.clientWidth + 1;
  return isWide && (hides(style.overflowX) || one.matches("button, a, label, summary"))
    || hides(style.overflowY) && one.scrollHeight > one.clientHeight + 1;
}).map((one) => one.outerHTML.slice(0, 160))"""


def parts(text):
    """What stands between signs, without addresses and codes such as CSV, DIY-08 or EN."""
    text = re.sub(r"https?://\S+|\b[A-Z][A-Z0-9]+(-[A-Z0-9]+)*\b", "|", text)
    found = (part.strip(" -'’@&0123456789") for part in re.split(r"[^\w\s'’&@-]+", text))
    return [part[:1].lower() + part[1:] for part in found if re.search("[A-Za-z]{2}", part)]


class Reader:
    """Says what is wrong on a page."""

    def __init__(self, page):
        self.page = page
        known = pseudo.contents() | NAMES
        self.all = "\n".join(known)
        self.known = {part for text in known for part in parts(text)}

    def bare(self, text):
        """The parts of a text that are neither of the interface nor of the content."""
        for part in parts(pseudo.SAID.sub("|", text)):
            if not (part in self.known or " " in part and part[1:] in self.all):
                yield part

    def faults(self, address, root="body"):
        self.page.goto(address, wait_until="load")
        path = address.partition("//")[2].partition("/")[2]
        texts = set()
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            texts.update(self.page.evaluate(TEXTS, root))
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                yield f"{path}: {wide} of {width} px wide"
            for one in self.page.evaluate(CUT, root):
                yield f"{path}: cut off at {width} px: {one}"
        for text in sorted(texts):
            for part in self.bare(text):
                yield f"{path}: not translated: {part!r} in {text[:120]!r}"


@pytest.fixture
def reader(loaded_site, live_server, page, monkeypatch):
    paths = longest_of_each_type()
    pseudo.speak(monkeypatch)
    return Reader(page), paths


def test_texts_are_about_as_long_as_in_german():
    text = "What somebody else has changed meanwhile is shown beside your text."
    assert 1.3 < len(pseudo.said(text)) / len(text) < 1.5
    assert pseudo.said("<b>%(done)s</b> of {all} &amp; 10%%") == "<b>%(done)s</b> ŏŏƒ {all} &amp; 10%%"


def test_readers_find_no_text_bare_or_cut_off(reader, live_server):
    reading, paths = reader
    wrong = [
        fault for path in [*paths, *views(), f"/en/{NOWHERE}"] for fault in reading.faults(f"{live_server.url}{path}")
    ]
    assert not wrong, "\n".join(wrong)
