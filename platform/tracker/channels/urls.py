"""Paths of the room on a municipality's host."""

from django.urls import URLPattern

app_name = "channels"
urlpatterns: list[URLPattern] = []
