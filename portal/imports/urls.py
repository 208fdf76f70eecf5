"""Paths of the room."""

from django.urls import path

from portal.imports import files, views

app_name = "imports"
urlpatterns = [
    path("konto/export.xlsx", files.export, name="export"),
    path("konto/import/", views.start, name="start"),
    path("konto/import/vorlage.xlsx", files.template, name="template"),
    path("konto/import/<int:pk>/", views.upload, name="upload"),
    path("konto/import/<int:pk>/wahl/", views.choose, name="choose"),
    path("konto/import/<int:pk>/anmerkungen.xlsx", files.marked, name="marked"),
    path("konto/import/<int:pk>/datei", files.original, name="original"),
    path("konto/import/<int:pk>/verwerfen/", views.discard, name="discard"),
]
