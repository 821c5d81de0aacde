"""Below /admin/. What is guarded stands under wagtail-localize's own paths and is asked before it."""

from django.urls import path

from . import editor_views as views
from . import slugs
from .changes_views import ChangesView
from .comment_views import CommentsView, CommentView, QuestionsView
from .desk_views import DeskView, first_desk
from .exchange import urls as exchange
from .exchange.views import download_po, upload_po
from .machine.views import MachineView, machine_translate
from .promotion_views import PromotionView
from .review_views import ReviewView
from .submitting import SubmitEntryView, SubmitPageView
from .syncing import SyncView
from .terms_views import TermsView, TermView
from .workbench.adapt_view import adapt
from .workbench.fill_view import fill
from .workbench.views import WorkbenchView, save_text, save_value

_ONE = "localize/translate/<int:translation_id>/"
_BENCH = "translation/<slug:language>/page/<int:translation_id>/"

guarded = [
    path("localize/page/<int:page_id>/convert_to_alias/", views.refuse),
    path(f"{_ONE}disable/", views.refuse),
    path("localize/submit/page/<int:page_id>/", SubmitPageView.as_view()),
    path("localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/", SubmitEntryView.as_view()),
    path("localize/update/<int:translation_source_id>/", SyncView.as_view()),
    path(f"{_ONE}strings/<int:string_segment_id>/edit/", views.edit_string),
    path(f"{_ONE}overrides/<int:overridable_segment_id>/edit/", views.edit_override),
    path(f"{_ONE}pofile/download/", download_po),
    path(f"{_ONE}pofile/upload/", upload_po),
    path(f"{_ONE}machine_translate/", machine_translate),
    path(f"{_ONE}preview/", views.preview),
    path(f"{_ONE}preview/<str:mode>/", views.preview),
    path("localize/reports/translations/", views.OwnLanguagesReport.as_view()),
    path("localize/reports/translations/results/", views.OwnLanguagesReport.as_view(results_only=True)),
    path(
        "localize/api/snippets/<slug:app_label>/<slug:model_name>/",
        views.NamesOfEntries.as_view({"get": "list"}),
    ),
    path(
        "localize/api/snippets/<slug:app_label>/<slug:model_name>/<str:pk>/",
        views.NamesOfEntries.as_view({"get": "retrieve"}),
    ),
]

desk = [
    path("translation/", first_desk, name="translation_desk_first"),
    path("translation/<slug:language>/adapt/<int:translation_id>/", adapt, name="translation_adapt"),
    path("translation/questions/", QuestionsView.as_view(), name="translation_questions"),
    path("translation/comment/<int:comment_id>/", CommentView.as_view(), name="translation_comment"),
    path(
        "translation/<slug:language>/comments/<int:translation_id>/",
        CommentsView.as_view(),
        name="translation_comments",
    ),
    path("translation/<slug:language>/review/<int:translation_id>/", ReviewView.as_view(), name="translation_review"),
    path("translation/page/<int:page_id>/address/", slugs.address, name="translation_address"),
    path("translation/page/<int:page_id>/original/", PromotionView.as_view(), name="translation_promote"),
    path(
        "translation/<slug:language>/machine/<int:translation_id>/", MachineView.as_view(), name="translation_machine"
    ),
    path(_BENCH, WorkbenchView.as_view(), name="translation_workbench"),
    path(f"{_BENCH}text/<int:segment_id>/", save_text, name="translation_text"),
    path(f"{_BENCH}value/<int:segment_id>/", save_value, name="translation_value"),
    path(f"{_BENCH}fill/", fill, name="translation_fill"),
    path("translation/changes/<int:translation_source_id>/", ChangesView.as_view(), name="translation_changes"),
    path("translation/<slug:language>/terms/", TermsView.as_view(), name="translation_terms"),
    path("translation/<slug:language>/terms/<uuid:term>/", TermView.as_view(), name="translation_term"),
    *exchange.addresses,
    path("translation/<slug:language>/", DeskView.as_view(), name="translation_desk"),
]
