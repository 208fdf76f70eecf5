"""Paths of the room."""

from django.urls import path

from portal.upkeep.pages import check, own, unsubscribing

app_name = "upkeep"
urlpatterns = [
    path("angebote/pruefen/<str:token>/", check.check, name="check"),
    path("angebote/pruefen/<str:token>/danke/", check.thanks, name="thanks"),
    path("angebote/pruefen/<str:token>/abbestellen/", check.stop, name="stop"),
    path("angebote/pruefen/<str:token>/<int:pk>/ende/", check.over, name="over"),
    path("angebote/pruefen/<str:token>/<int:pk>/beendet/", check.over_said, name="over_said"),
    path("konto/angebote/aktuell/", own.still_right, name="own"),
    path("konto/angebote/<int:pk>/ende/", own.over, name="own_over"),
    path("konto/angebote/<int:pk>/pruefungen/", own.log, name="log"),
    path("konto/person/nachrichten/", own.wishes, name="wishes"),
    path("konto/zusammenfassung/abbestellen/<str:token>/", unsubscribing.no_digest, name="no_digest"),
]
