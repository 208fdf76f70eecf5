"""Paths of the room, all on the operator's host."""

from django.urls import path

from switches import views

app_name = "switches"
_HERE = "betrieb/schalter/"
urlpatterns = [
    path(_HERE, views.overview, name="overview"),
    path(f"{_HERE}<slug:name>/", views.one, name="one"),
    path(f"{_HERE}<slug:name>/entfernen/", views.forget, name="forget"),
]
