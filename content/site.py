"""What must be there before the first page: languages, and a site whose root is the English home page."""

from django.conf import settings
from wagtail.models import Locale, Page, Site

from portal.models import HomePage


def create_locales() -> dict[str, Locale]:
    """The locales of all languages of the portal, by code."""
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES}


def remove_welcome_page() -> Page:
    """Delete the page that Wagtail puts into a new database; returns the root of the tree."""
    root = Page.get_first_root_node()
    welcome = Page.objects.child_of(root).filter(content_type__app_label="wagtailcore", slug="home").first()
    if welcome is not None:
        Site.objects.filter(root_page=welcome).update(root_page=root)
        welcome.delete()
        root.refresh_from_db()
    return root


def point_site_at(home: HomePage) -> None:
    """Make `home` the root of the default site, unless the site has a home page already."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        site = Site(hostname="localhost", port=80, is_default_site=True, root_page=home)
    elif site.root_page.depth > 1:
        return
    site.root_page = home
    site.site_name = site.site_name or settings.SITE_NAME
    site.save()
