"""All addresses of the site. Only this module and the settings name features."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.static import serve as serve_file
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from community.accounts.shared_passwords import document_password, page_password
from community.accounts.views import admin_sign_in

from . import (
    calendars,
    changes,
    content_status,
    embedding,
    feeds,
    open_data,
    serving,
    share_image,
    sitemaps,
    tags,
    vocabularies,
    wellknown,
)

urlpatterns = [
    path("admin/login/", admin_sign_in),
    path("admin/", include("translation.admin_urls")),
    path("admin/", include("portal.admin.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("accounts/", include("community.accounts.urls")),
    path("documents/authenticate_with_password/<int:restriction_id>/", document_password),
    path("documents/", include(wagtaildocs_urls)),
    path("robots.txt", wellknown.robots),
    path(".well-known/security.txt", wellknown.security),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("share/<int:pk>.png", share_image.share_image, name="share_image"),
    path("vocab/<slug:scheme>/", vocabularies.identity, name="vocabulary_identity"),
    path("vocab/<slug:scheme>/<slug:form>/", vocabularies.data, name="vocabulary_data"),
    path("", include("patterns.urls")),
]
if settings.SERVE_MEDIA:  # a laptop has no web server in front
    # Documents have an address of their own, which asks who may read them; see also `withholding`.
    public = r"^media/(?P<path>(?!documents/|withheld/).*)$"
    urlpatterns.append(re_path(public, serve_file, {"document_root": settings.MEDIA_ROOT}))

urlpatterns += i18n_patterns(
    path("search/", include("search.urls")),
    path("discussion/", include("community.urls")),
    path("notices/", include("community.notices.urls")),
    path("", include("translation.public_urls")),
    path("working-groups/", include("community.groups.urls")),
    path("status/", content_status.content_status, name="content_status"),
    path("", include("printing.urls")),
    path("tags/", tags.tag_index, name="tag_index"),
    path("tags/<slug:slug>/", tags.tag_page, name="tag_page"),
    path("tags/<slug:slug>/feed/", feeds.TagFeed(), name="tag_feed"),
    path("embed/<slug:kind>/<slug:code>/", embedding.embedded_card, name="embed"),
    path("embed/<slug:kind>/<slug:code>/oembed/", embedding.oembed, name="oembed"),
    path("changes/", changes.changes, name="changes"),
    path("changes/feed/", feeds.ChangesFeed(), name="changes_feed"),
    path("calendar/", calendars.site_calendar, name="calendar"),
    path("vocab/", vocabularies.index, name="vocabularies"),
    path("vocab/<slug:scheme>/", vocabularies.vocabulary, name="vocabulary"),
    path("open-data/", open_data.open_data, name="open_data"),
    path("open-data/zip/", open_data.archive, name="open_data_archive"),
    path("open-data/codebook/", open_data.codebook_file, name="open_data_codebook"),
    path("open-data/<slug:dataset>/<slug:form>/", open_data.table, name="open_data_table"),
    path("follow/", feeds.follow, name="follow"),
    path("feed/", feeds.SectionFeed(), name="feed"),
    path("feed/country/<slug:country>/", feeds.CountryFeed(), name="country_feed"),
    path("feed/<slug:section>/", feeds.SectionFeed(), name="section_feed"),
    path("_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/", page_password),
    re_path(r"^((?:[\w\-]+/)*)$", serving.serve, name="wagtail_serve"),
    # For the names alone: the line above answers first, so that nobody gets past the lock-out here.
    path("", include(wagtail_urls)),
    prefix_default_language=True,
)
