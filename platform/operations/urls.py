"""Paths of the platform's own host."""

from django.urls import path

from operations import views

app_name = "operations"
urlpatterns = [
    path("", views.start, name="start"),
    path("betrieb/", views.console, name="console"),
    path("betrieb/kommunen/<slug:slug>/ansehen/", views.look, name="look"),
    path("betrieb/postausgang/", views.postbox, name="postbox"),
]
