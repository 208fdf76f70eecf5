"""Paths of the room on a municipality's host."""

from django.urls import path

from tracker.voting import views

app_name = "voting"
urlpatterns = [
    path("plattform/stimmen/<int:pk>/", views.vote, name="vote"),
]
