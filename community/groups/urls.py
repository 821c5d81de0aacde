from django.urls import path

from . import member_views, message_views, summary_views, views

app_name = "groups"
urlpatterns = [
    path("", views.index, name="index"),
    path("mine/", member_views.mine, name="mine"),
    path("mine/applications/<int:pk>/", member_views.application, name="application"),
    path("mine/quotes/<int:pk>/", member_views.quote, name="quote"),
    path("messages/<slug:public_id>/", message_views.read, name="message"),
    path("summaries/<slug:public_id>/", summary_views.summary, name="summary"),
    path("summaries/<slug:public_id>/edit/", summary_views.edit, name="edit_summary"),
    path("<slug:code>/", views.group, name="group"),
    path("<slug:code>/join/", member_views.join, name="join"),
    path("<slug:code>/membership/", member_views.membership, name="membership"),
    path("<slug:code>/write/", message_views.write, name="write_to_all"),
    path("<slug:code>/write/<int:pk>/", message_views.write, name="write_to"),
    path("<slug:code>/threads/new/", member_views.new_thread, name="new_thread"),
    path("<slug:code>/threads/<uuid:key>/", views.thread, name="thread"),
    path("<slug:code>/summaries/new/", summary_views.new, name="new_summary"),
]
RESERVED = {"mine", "messages", "summaries"}  # codes that no group can have
