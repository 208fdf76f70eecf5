"""Paths of the room."""

from django.conf import settings
from django.urls import path

from theming import styleguide, views

app_name = "theming"
urlpatterns = [path("theme/<str:digest>.css", views.stylesheet, name="stylesheet")]
if settings.DEMO:
    urlpatterns.append(path("stil/", styleguide.show, name="styleguide"))
