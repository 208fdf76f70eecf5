"""Paths of the room."""

from django.urls import path, re_path

# They put surveys into pages, and onto the start page of the evaluation.
from portal.surveys import blocks, sections  # noqa: F401 - register themselves
from portal.surveys.views import planners, public, results

app_name = "surveys"
_AT = "auswertung/umfragen/"
_HERE = f"{_AT}<int:pk>/"
urlpatterns = [
    path("umfrage/<slug:slug>/", public.answer, name="answer"),
    path("umfrage/<slug:slug>/danke/", public.thanks, name="thanks"),
    path("umfrage/<slug:slug>/mit/<str:token>/", public.answer_by_link, name="answer_by_link"),
    path(_AT, planners.overview, name="overview"),
    path(f"{_AT}neu/", planners.create, name="create"),
    path(_HERE, results.survey, name="survey"),
    path(f"{_HERE}bearbeiten/", planners.edit, name="edit"),
    path(f"{_HERE}vorschau/", results.preview, name="preview"),
    path(f"{_HERE}freigeben/", planners.release, name="release"),
    path(f"{_HERE}zurueckziehen/", planners.withdraw, name="withdraw"),
    path(f"{_HERE}kopieren/", planners.copy, name="copy"),
    path(f"{_HERE}fragen/neu/", planners.add_question, name="add_question"),
    path(f"{_HERE}code.svg", results.code, name="code"),
    path(f"{_HERE}aushang/", results.poster, name="poster"),
    path(f"{_HERE}links/", results.links, name="links"),
    path(f"{_HERE}ergebnis.<str:kind>", results.result_file, name="file"),
    re_path(rf"^{_AT}(?P<pk>[0-9]{{1,18}})/(?P<deed>beenden|loeschen)/$", planners.sure, name="sure"),
    path(f"{_AT}fragen/<int:pk>/", planners.edit_question, name="edit_question"),
    path(f"{_AT}fragen/<int:pk>/verschieben/", planners.move_question, name="move_question"),
    path(f"{_AT}fragen/<int:pk>/entfernen/", planners.remove_question, name="remove_question"),
    path(f"{_AT}texte/<uuid:key>/entfernen/", results.remove_text, name="remove_text"),
]
