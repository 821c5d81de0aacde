"""Below /admin/comments/. Numbers of comments have no vowels, so that no word here can be one."""

from django.urls import path

from ..personal.admin_views import NamedView
from . import act_views
from .decision import DecisionView
from .log_views import LogView
from .views import NextView, QueueView

urlpatterns = [
    path("comments/", QueueView.as_view(), name="community_queue"),
    path("comments/next/", NextView.as_view(), name="community_next"),
    path("comments/named/", NamedView.as_view(), name="community_named"),
    path("comments/log/", LogView.as_view(), name="community_log"),
    path("comments/undo/<uuid:batch>/", act_views.UndoAllView.as_view(), name="community_undo_all"),
    path("comments/hold/<int:pk>/ask/", act_views.HoldEndView.as_view(), name="community_hold_ask"),
    path("comments/hold/<int:pk>/end/", act_views.HoldEndView.as_view(confirms=True), name="community_hold_end"),
    path("comments/<slug:public_id>/", DecisionView.as_view(), name="community_decision"),
    path("comments/<slug:public_id>/danger/", act_views.DangerView.as_view(), name="community_danger"),
    path("comments/<slug:public_id>/claim/", act_views.ClaimView.as_view(), name="community_claim"),
    path("comments/<slug:public_id>/give-back/", act_views.GiveBackView.as_view(), name="community_give_back"),
    path("comments/<slug:public_id>/hand-over/", act_views.HandOverView.as_view(), name="community_hand_over"),
    path("comments/<slug:public_id>/note/", act_views.NoteView.as_view(), name="community_note"),
    path("comments/<slug:public_id>/e-mail/", act_views.EmailView.as_view(), name="community_email"),
    path("comments/<slug:public_id>/original/", act_views.OriginalView.as_view(), name="community_original"),
    path("comments/<slug:public_id>/take-back/", act_views.ReverseView.as_view(), name="community_reverse"),
    path("comments/<slug:public_id>/hide-all/", act_views.HideAllView.as_view(), name="community_hide_all"),
    path("comments/<slug:public_id>/legal-hold/", act_views.LegalHoldView.as_view(), name="community_legal_hold"),
]
