"""Paths on the municipality's host."""

from django.urls import path

from support import views
from support.opened import LEAVE

app_name = "support"
urlpatterns = [
    path("redaktion/zugang/", views.overview, name="overview"),
    path("redaktion/zugang/<int:pk>/", views.decide, name="decide"),
    path(LEAVE, views.leave, name="leave"),
    path("hilfe-zugang/<str:key>/", views.enter, name="enter"),
]
