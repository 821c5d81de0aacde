"""Below /accounts/; what is not here is django-allauth's."""

from django.urls import include, path

from ..notices.views import account as notices
from ..notices.views import own_feed
from . import views

urlpatterns = [
    path("", views.home, name="account_home"),
    path("second-factor/", views.second_factor, name="account_second_factor"),
    path("profile/", views.profile, name="account_profile"),
    path("", include("community.personal.urls")),
    path("notices/", notices, name="account_notices"),
    path("feed/", own_feed, name="account_feed"),
    path("", include("allauth.urls")),
]
