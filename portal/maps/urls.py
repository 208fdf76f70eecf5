"""Paths of the room."""

from django.urls import path, re_path

from portal.maps import views

app_name = "maps"
# No number of a tile is longer: the deepest zoom level has about half a million to a side.
urlpatterns = [
    path("angebote/umgebung/", views.around, name="around"),
    re_path(
        r"^angebote/karte/kacheln/(?P<z>[0-9]{1,2})/(?P<x>[0-9]{1,7})/(?P<y>[0-9]{1,7})\.png$",
        views.tile,
        name="tile",
    ),
    path("redaktion/karte/", views.edit, name="edit"),
]
