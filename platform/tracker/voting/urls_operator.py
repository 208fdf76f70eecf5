"""Paths of the room on the operator's host."""

from django.urls import URLPattern

app_name = "voting"
urlpatterns: list[URLPattern] = []
