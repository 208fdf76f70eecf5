"""Paths of the room on the operator's host."""

from django.urls import path

from tracker.cofunding import operating, views

app_name = "cofunding"
urlpatterns = [
    path("betrieb/kosten/", operating.costs, name="costs"),
    path("betrieb/kosten/<int:pk>/", operating.estimate, name="estimate"),
    path("betrieb/kosten/<int:pk>/streichen/<int:participant>/", operating.strike_out, name="strike_out"),
    path("betrieb/kosten/<int:pk>/aufstellung.csv", views.table, name="table"),
    path("betrieb/kosten/<int:pk>/aufstellung.pdf", views.paper, name="paper"),
]
