"""Paths of the room in a municipality."""

from django.urls import path

from announcements import views

app_name = "announcements"
_HERE = "redaktion/mitteilungen/"
urlpatterns = [
    path(_HERE, views.overview, name="overview"),
    path(f"{_HERE}<int:pk>/", views.read, name="read"),
    path(f"{_HERE}<int:pk>/gelesen/", views.put_away, name="put_away"),
]
