"""Paths on the municipality's host."""

from django.urls import path

from support import views
from support.opened import ENTER, LEAVE

app_name = "support"
urlpatterns = [
    path("redaktion/zugang/", views.overview, name="overview"),
    path("redaktion/zugang/<int:pk>/", views.decide, name="decide"),
    path(LEAVE, views.leave, name="leave"),
    path(ENTER, views.enter, name="enter"),
]
