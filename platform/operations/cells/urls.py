"""Paths of the room, all on the operator's host."""

from django.urls import path

from operations.cells import views

app_name = "cells"
urlpatterns = [path("betrieb/zellen/", views.overview, name="overview")]
