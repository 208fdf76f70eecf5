"""Paths of reports, below those of the room."""

from django.urls import path

from portal.planning.report import views

app_name = "reports"
_AT = "auswertung/berichte/"
urlpatterns = [
    path(_AT, views.reports, name="list"),
    path(f"{_AT}neu/", views.new, name="new"),
    path(f"{_AT}abbestellen/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path(f"{_AT}<int:pk>/", views.report, name="detail"),
    path(f"{_AT}<int:pk>/aendern/", views.change, name="change"),
    path(f"{_AT}<int:pk>/herstellen/", views.make, name="make"),
    path(f"{_AT}<int:pk>/abbrechen/", views.stop, name="stop"),
    path(f"{_AT}<int:pk>/loeschen/", views.remove, name="remove"),
    path(f"{_AT}<int:pk>/datei.pdf", views.file, name="file"),
]
