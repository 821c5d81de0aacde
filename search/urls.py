from django.urls import path

from . import feeds, views

urlpatterns = [
    path("", views.search_page, name="search"),
    path("suggest/", views.suggest, name="search_suggest"),
    path("feed/", feeds.atom, name="search_feed"),
    path("feed.json", feeds.json_feed, name="search_json_feed"),
]
