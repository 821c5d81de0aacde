"""All addresses of the site. Only this module and the settings name features."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.static import serve as serve_file
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.views import authenticate_with_password

from community.accounts.views import admin_sign_in

from . import feeds, serving, share_image, sitemaps, tags, wellknown

urlpatterns = [
    path("admin/login/", admin_sign_in),
    path("admin/", include(wagtailadmin_urls)),
    path("accounts/", include("community.accounts.urls")),
    path("documents/", include(wagtaildocs_urls)),
    path("robots.txt", wellknown.robots),
    path(".well-known/security.txt", wellknown.security),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("share/<int:pk>.png", share_image.share_image, name="share_image"),
    path("", include("patterns.urls")),
]
if settings.SERVE_MEDIA:  # a laptop has no web server in front
    # Documents have an address of their own, which asks who may read them; see also `withholding`.
    public = r"^media/(?P<path>(?!documents/|withheld/).*)$"
    urlpatterns.append(re_path(public, serve_file, {"document_root": settings.MEDIA_ROOT}))

urlpatterns += i18n_patterns(
    path("search/", include("search.urls")),
    path("discussion/", include("community.urls")),
    path("tags/", tags.tag_index, name="tag_index"),
    path("tags/<slug:slug>/", tags.tag_page, name="tag_page"),
    path("feed/", feeds.SectionFeed(), name="feed"),
    path("feed/<slug:section>/", feeds.SectionFeed(), name="section_feed"),
    path(  # the form of pages behind a password
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/", authenticate_with_password
    ),
    re_path(r"^((?:[\w\-]+/)*)$", serving.serve, name="wagtail_serve"),
    # For the names alone: the line above answers first, so that nobody signs in here past the lock-out.
    path("", include(wagtail_urls)),
    prefix_default_language=True,
)
