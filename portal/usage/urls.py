"""Paths of the room."""

from django.urls import path

from portal.usage.views import clicked

app_name = "usage"
urlpatterns = [path("angebote/zaehlen/", clicked, name="clicked")]
