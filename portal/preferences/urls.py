"""Paths of the room."""

from django.urls import path

from portal.preferences import views

app_name = "preferences"
urlpatterns = [
    path("redaktion/einstellungen/anmeldung/", views.signing_in, name="signing_in"),
]
