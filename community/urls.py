from django.urls import include, path

from . import transparency, views
from .evidence import views as evidence
from .relay import views as relay
from .threads import feeds
from .threads import views as threads

app_name = "community"
urlpatterns = [
    path("<uuid:key>/write/", views.write, name="write"),
    # Any text, so that what somebody wrote comes back even from an address that was tampered with.
    path("<uuid:key>/write/<str:answers>/", views.write, name="reply"),
    path("<uuid:key>/held/", views.held, name="held"),
    path("<uuid:key>/tried/", evidence.tried, name="tried"),
    path("<uuid:key>/contact/<slug:code>/", relay.write, name="contact"),
    path("<uuid:key>/contact/<slug:code>/sent/", relay.written, name="contact_written"),
    path("<uuid:key>/comment/<slug:public_id>/", threads.comment, name="comment"),
    path("<uuid:key>/feed/", feeds.ThreadFeed(), name="feed"),
    path("<uuid:key>/feed/<slug:language>/", feeds.ThreadFeed(), name="feed_in"),
    path("moderation/", transparency.index, name="transparency"),
    path("moderation/<int:number>/", transparency.of_year, name="transparency_year"),
    path("moderation/<int:number>/csv/", transparency.table, name="transparency_table"),
    path("feed/", feeds.SiteFeed(), name="site_feed"),
    path("feed/<slug:language>/", feeds.SiteFeed(), name="site_feed_in"),
    path("edit/<slug:public_id>/", threads.edit, name="edit"),
    path("tried/<slug:public_id>/", evidence.edit, name="edit_report"),
    path("credit/<slug:public_id>/", evidence.credit, name="credit"),
    path("withdraw/<slug:public_id>/", views.withdraw, name="withdraw"),
    path("", include("community.due_process.urls")),
]
