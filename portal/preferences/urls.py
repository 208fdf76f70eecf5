"""Paths of the room."""

from django.urls import path

from portal.preferences import views
from portal.preferences.rulebook import OWN, SIGNING_IN

app_name = "preferences"
urlpatterns = [
    path("redaktion/einstellungen/", views.index, name="index"),
    path("redaktion/einstellungen/anmeldung/", views.signing_in, name="signing_in"),
    *(
        path(f"redaktion/einstellungen/{each.slug}/", views.subject, {"slug": each.slug}, name=each.slug)
        for each in OWN
        if each is not SIGNING_IN
    ),
]
