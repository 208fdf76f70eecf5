"""Paths of the room on a municipality's host."""

from django.urls import path

from tracker.releases import views

app_name = "releases"
urlpatterns = [
    path("plattform/neuigkeiten/", views.news, name="news"),
    path("plattform/neuigkeiten/<str:version>/", views.release, name="release"),
    path("plattform/neuigkeiten/<str:version>/gelesen/", views.read, name="read"),
]
