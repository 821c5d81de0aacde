"""Wagtail's accessibility and content checks, kept to what an editor has written."""

from wagtail.admin.userbar import ContentCheckerItem


class PageContentChecker(ContentCheckerItem):
    """Checks the content of a page, not the frame round it, which no editor can mend."""

    axe_include = ["main"]
    axe_exclude = [".poles"]  # the two names of a force: bold, but no heading
