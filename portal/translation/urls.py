"""Paths of the room."""

from django.urls import URLPattern

app_name = "translation"
urlpatterns: list[URLPattern] = []
