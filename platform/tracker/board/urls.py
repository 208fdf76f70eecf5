"""Paths of the room on a municipality's host."""

from django.urls import path

from tracker.board import views

app_name = "board"
urlpatterns = [
    path("plattform/", views.wishes, name="wishes"),
    path("plattform/fehler/", views.errors, name="errors"),
    path("plattform/fragen/", views.questions, name="questions"),
    path("plattform/fahrplan/", views.plan, name="roadmap"),
]
