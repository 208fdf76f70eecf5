"""Paths on the platform's own host."""

from django.urls import path

from support import views

app_name = "support_desk"
_TOWN = "betrieb/kommunen/<slug:slug>/zugang/"
urlpatterns = [
    path(_TOWN, views.town, name="town"),
    path(f"{_TOWN}<int:pk>/", views.onward, name="onward"),
    path(f"{_TOWN}<int:pk>/beginnen/", views.begin, name="begin"),
    path(f"{_TOWN}<int:pk>/beenden/", views.stop, name="stop"),
]
