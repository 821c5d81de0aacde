"""Below the address of a language."""

from django.urls import path

from . import notice_views

urlpatterns = [path("notices/translations/stop/<str:token>/", notice_views.stop, name="translation_notices_stop")]
