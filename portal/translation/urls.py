"""Paths of the room."""

from django.urls import path

from portal.translation import views

app_name = "translation"
urlpatterns = [
    path("uebersetzen/<slug:kind>/<int:pk>/", views.ask, name="ask"),
    path("redaktion/sprachen/", views.edit_settings, name="settings"),
    path("redaktion/uebersetzungen/", views.list_translations, name="list"),
    path("redaktion/uebersetzungen/<int:pk>/", views.correct, name="correct"),
    path("redaktion/uebersetzungen/<int:pk>/loeschen/", views.drop, name="drop"),
]
