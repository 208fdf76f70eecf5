"""Paths of the room."""

from django.urls import path, re_path

from portal.homescreen import views

app_name = "homescreen"
urlpatterns = [
    path("manifest.webmanifest", views.show_manifest, name="manifest"),
    re_path(r"^app/symbol-(?P<size>192|512)(?P<edge>(?:-rand)?)\.png$", views.show_symbol, name="symbol"),
    path("sw.js", views.show_worker, name="worker"),
    path("offline/", views.offline, name="offline"),
    path("teilen/", views.share, name="share"),
]
