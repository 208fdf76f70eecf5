"""Paths of the room."""

from django.urls import path

from portal.professionals import views

app_name = "professionals"
urlpatterns = [
    path("fachkraefte/", views.area, name="area"),
    path("fachkraefte/mitmachen/<slug:key>/", views.join, name="join"),
    path("fachkraefte/mitmachen/<slug:key>/danke/", views.asked, name="asked"),
]
