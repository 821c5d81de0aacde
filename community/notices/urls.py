from django.urls import path

from . import views
from .private_feed import PrivateFeed

app_name = "notices"
urlpatterns = [
    path("feed/", PrivateFeed(), name="private_feed"),
    path("follow/<slug:scope>/", views.follow, name="follow"),
    path("follow/<slug:scope>/<str:target>/", views.follow, name="follow"),
    path("sent/", views.sent, name="sent"),
    path("confirm/<str:token>/", views.confirm, name="confirm"),
    path("stop/<str:token>/", views.stop, name="stop"),
]
