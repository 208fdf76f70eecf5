"""Paths of the room."""

from django.urls import URLPattern

app_name = "maps"
# No number here is longer than a map has tiles: the deepest zoom level has about half a million to a side.
urlpatterns: list[URLPattern] = []
