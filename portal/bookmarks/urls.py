"""Paths of the room."""

from django.urls import path

from portal.bookmarks import views

app_name = "bookmarks"
urlpatterns = [
    path("merkliste/", views.show, name="list"),
    path("merkliste/termine.ics", views.calendar, name="calendar"),
]
