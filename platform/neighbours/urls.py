"""Paths of the room in a municipality."""

from django.urls import path

from neighbours import views

app_name = "neighbours"
urlpatterns = [
    path("redaktion/nachbarn/", views.neighbours, name="neighbours"),
    path("redaktion/nachbarn/<int:pk>/annehmen/", views.accept, name="accept"),
    path("redaktion/nachbarn/<int:pk>/beenden/", views.end, name="end"),
]
