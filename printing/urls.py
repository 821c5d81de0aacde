"""What goes on paper, in every language."""

from django.urls import path

from . import views

app_name = "printing"
urlpatterns = [
    path("cards/", views.cards_to_print, name="cards"),
    path("cards/pdf/", views.deck_as_pdf, name="deck"),
    path("print/<slug:kind>/<slug:code>/", views.sheet, name="sheet"),
    path("book/", views.book, name="book"),
    path("book/pdf/", views.book_as_pdf, name="book_file"),
]
