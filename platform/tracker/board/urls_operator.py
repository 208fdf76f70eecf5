"""Paths of the room on the operator's host."""

from django.urls import path

from tracker.board import operating, views

app_name = "board"
urlpatterns = [
    path("fahrplan/", views.public_plan, name="public_roadmap"),
    path("betrieb/tickets/", views.wishes, name="wishes"),
    path("betrieb/tickets/fehler/", views.errors, name="errors"),
    path("betrieb/tickets/fragen/", views.questions, name="questions"),
    path("betrieb/tickets/viele/", operating.many, name="many"),
    path("betrieb/tickets/fahrplan/", views.plan, name="roadmap"),
    path("betrieb/tickets/fahrplan/oeffentlich/", operating.open_roadmap, name="open_roadmap"),
]
