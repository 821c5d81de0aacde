"""Below the addresses of the discussion."""

from django.urls import path

from . import alerts, reporting, views

urlpatterns = [
    path("<uuid:key>/report/<slug:public_id>/", reporting.report, name="report"),
    path("<uuid:key>/notice/<slug:public_id>/", reporting.notice, name="notice"),
    path("notice/", reporting.find, name="find_comment"),
    path("reports/", views.own_reports, name="own_reports"),
    path("reports/<slug:number>/<slug:secret>/", reporting.status, name="report_status"),
    path("reports/<slug:number>/<slug:secret>/appeal/", views.appeal_of_reporter, name="reporter_appeal"),
    path("decisions/<int:pk>/", views.statement, name="statement"),
    path("decisions/<int:pk>/appeal/", views.appeal_of_author, name="author_appeal"),
    path("moderators-mail/<int:pk>/<slug:secret>/", alerts.switch, name="moderators_mail"),
]
