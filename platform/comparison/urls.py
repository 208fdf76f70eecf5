"""Paths of the room in a municipality."""

from django.urls import path

from comparison import views

app_name = "comparison"
urlpatterns = [path("redaktion/vergleich/", views.taking_part, name="taking_part")]
