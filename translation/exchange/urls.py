"""Below /admin/translation/: one language, or one page of it."""

from django.urls import path

from . import memory_views, term_views, views

_LANGUAGE = "translation/<slug:language>/exchange/"
_PAGE = "translation/<slug:language>/page/<int:translation_id>/exchange/"

addresses = [
    path(_LANGUAGE, views.FilesView.as_view(), name="translation_exchange"),
    path(f"{_LANGUAGE}download/", views.download_language, name="translation_exchange_zip"),
    path(f"{_LANGUAGE}memory/", memory_views.download_memory, name="translation_exchange_memory"),
    path(f"{_LANGUAGE}memory/upload/", memory_views.upload_memory, name="translation_exchange_memory_upload"),
    path(f"{_LANGUAGE}glossary/", term_views.download_terms, name="translation_exchange_terms"),
    path(f"{_LANGUAGE}glossary/upload/", term_views.upload_terms, name="translation_exchange_terms_upload"),
    path(
        f"{_LANGUAGE}glossary/<slug:key>/", term_views.TermsPlanView.as_view(), name="translation_exchange_terms_file"
    ),
    path(f"{_LANGUAGE}<slug:key>/", views.PlanView.as_view()),
    path(_PAGE, views.FilesView.as_view(), name="translation_exchange_page"),
    path(f"{_PAGE}download/<slug:kind>/", views.download, name="translation_exchange_download"),
    path(f"{_PAGE}<slug:key>/", views.PlanView.as_view()),
]
