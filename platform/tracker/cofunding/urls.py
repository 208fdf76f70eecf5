"""Paths of the room on a municipality's host."""

from django.urls import path

from tracker.cofunding import views

app_name = "cofunding"
urlpatterns = [
    path("plattform/kosten/", views.costs, name="costs"),
    path("plattform/kosten/<int:pk>/", views.deed, name="deed"),
    path("plattform/kosten/<int:pk>/aufstellung.csv", views.table, name="table"),
    path("plattform/kosten/<int:pk>/aufstellung.pdf", views.paper, name="paper"),
]
