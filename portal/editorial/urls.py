"""Paths of the room."""

from django.urls import path

from portal.editorial import views

app_name = "editorial"
urlpatterns = [path("redaktion/", views.desk, name="desk")]
