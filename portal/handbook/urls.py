"""Paths of the room."""

from django.urls import path

from portal.handbook import views

app_name = "handbook"
urlpatterns = [
    path("hilfe/", views.index, name="index"),
    path("hilfe/<slug:audience>/<slug:slug>/", views.page, name="page"),
    path("konto/rundgang/", views.tour_page, name="tour"),
    path("konto/rundgang/fertig/", views.tour_done, name="tour_done"),
]
