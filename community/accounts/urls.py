"""Below /accounts/; what is not here is django-allauth's."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.home, name="account_home"),
    path("profile/", views.profile, name="account_profile"),
    path("", include("allauth.urls")),
]
