"""Paths of the room."""

from django.urls import path

from portal.translation import views

app_name = "translation"
urlpatterns = [
    path("uebersetzen/<slug:kind>/<int:pk>/", views.ask, name="ask"),
]
