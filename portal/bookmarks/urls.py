"""Paths of the room."""

from django.urls import URLPattern

app_name = "bookmarks"
urlpatterns: list[URLPattern] = []
