from django.urls import path

from . import views

app_name = "community"
urlpatterns = [
    path("<uuid:key>/write/", views.write, name="write"),
    path("<uuid:key>/write/<slug:answers>/", views.write, name="reply"),
    path("<uuid:key>/held/", views.held, name="held"),
    path("<uuid:key>/report/<slug:public_id>/", views.report, name="report"),
    path("<uuid:key>/reported/", views.reported, name="reported"),
    path("withdraw/<slug:public_id>/", views.withdraw, name="withdraw"),
]
