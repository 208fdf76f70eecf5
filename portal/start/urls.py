"""Paths of the room."""

from django.urls import path

from portal.start import desk, views

app_name = "start"
urlpatterns = [
    path("", views.start, name="start"),
    path("angebote/a-z/", views.index, name="index"),
    path("redaktion/startseite/", desk.sections, name="desk"),
    path("redaktion/startseite/vorschau/", desk.preview, name="preview"),
    path("redaktion/startseite/neu/", desk.add, name="add"),
    path("redaktion/startseite/<int:pk>/", desk.edit, name="edit"),
    path("redaktion/startseite/<int:pk>/verschieben/", desk.move, name="move"),
    path("redaktion/startseite/<int:pk>/zeigen/", desk.show, name="show"),
    path("redaktion/startseite/<int:pk>/loeschen/", desk.delete, name="delete"),
    path("redaktion/startseite/<int:pk>/eintraege/neu/", desk.add_entry, name="add_entry"),
    path("redaktion/startseite/eintraege/<int:pk>/", desk.edit_entry, name="edit_entry"),
    path("redaktion/startseite/eintraege/<int:pk>/verschieben/", desk.move_entry, name="move_entry"),
    path("redaktion/startseite/eintraege/<int:pk>/loeschen/", desk.delete_entry, name="delete_entry"),
]
