"""Permanent short addresses: /p/DIY-08, as printed on cards."""

from django.urls import re_path

from . import views

app_name = "patterns"
urlpatterns = [re_path(r"^p/[Dd][Ii][Yy]-0*(?P<number>\d{1,4})/?$", views.short_address, name="short")]
