"""Below /accounts/."""

from django.urls import path

from . import views

urlpatterns = [
    path("data/", views.my_data, name="personal_data"),
    path("data/export/", views.export, name="personal_export"),
    path("data/erase/", views.erase, name="personal_erase"),
    path("data/keep/", views.keep, name="personal_keep"),
    path("data/keep/<str:token>/", views.undo, name="personal_undo"),
]
