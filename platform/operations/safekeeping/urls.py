"""Paths of the room, all on the operator's host."""

from django.urls import path

from operations.safekeeping import views

app_name = "safekeeping"
_HERE = "betrieb/sicherungen/"
urlpatterns = [
    path(_HERE, views.overview, name="overview"),
    path(f"{_HERE}exporte/", views.ask, name="ask"),
    path(f"{_HERE}exporte/<int:pk>/", views.export, name="export"),
    path(f"{_HERE}exporte/<int:pk>/datei/", views.fetch, name="fetch"),
    path(f"{_HERE}exporte/<int:pk>/loeschen/", views.remove, name="remove"),
]
