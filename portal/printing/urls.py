"""Paths of the room."""

from django.urls import path

from portal.printing import views
from portal.printing.kit import views as kit
from portal.printing.own import views as own
from portal.printing.programme import views as programme

app_name = "printing"
_AT = "redaktion/drucksachen/"
urlpatterns = [
    path(_AT, views.start, name="start"),
    path(f"{_AT}programm/", programme.new, name="new_programme"),
    path(f"{_AT}werbung/", kit.new_poster, name="new_poster"),
    path(f"{_AT}briefe/", kit.new_letters, name="new_letters"),
    path(f"{_AT}erste-schritte/", views.first_hours, name="first_hours"),
    path(f"{_AT}<int:pk>/", views.paper, name="paper"),
    path(f"{_AT}<int:pk>/aendern/", views.change, name="change"),
    path(f"{_AT}<int:pk>/herstellen/", views.make, name="make"),
    path(f"{_AT}<int:pk>/abbrechen/", views.stop, name="stop"),
    path(f"{_AT}<int:pk>/loeschen/", views.remove, name="remove"),
    path(f"{_AT}<int:pk>/datei.pdf", views.file, name="file"),
    path("konto/aushang/", own.posters, name="own_posters"),
    path("konto/aushang/<int:pk>/", own.poster, name="own_poster"),
    path("konto/aushang/<int:pk>/datei.pdf", own.poster_file, name="own_poster_file"),
]
