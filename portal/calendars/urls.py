"""Paths of the room."""

from django.urls import path

from portal.calendars import views
from portal.calendars.event_views import choose, event, events

app_name = "calendars"
urlpatterns = [
    path("konto/import/kalender/", views.calendars, name="list"),
    path("konto/import/kalender/neu/", views.new, name="new"),
    path("konto/import/kalender/<int:pk>/", views.calendar, name="calendar"),
    path("konto/import/kalender/<int:pk>/angaben/", views.details, name="details"),
    path("konto/import/kalender/<int:pk>/tun/", views.do, name="do"),
    path("konto/import/kalender/<int:pk>/beenden/", views.end, name="end"),
    path("konto/import/kalender/<int:pk>/termine/", events, name="events"),
    path("konto/import/kalender/<int:pk>/termine/waehlen/", choose, name="choose"),
    path("konto/import/kalender/<int:pk>/termine/<int:event>/", event, name="event"),
]
