"""Paths of the room."""

from django.urls import path

from portal.figures import views

app_name = "figures"
urlpatterns = [
    path("konto/statistik/", views.figures, name="all"),
    path("konto/statistik/verlauf.<str:kind>", views.figures_file, name="file"),
    path("konto/statistik/angebote.<str:kind>", views.offers_figures_file, name="offers_file"),
    path("konto/statistik/<int:pk>/", views.offer_figures, name="offer"),
    path("konto/statistik/<int:pk>/verlauf.<str:kind>", views.offer_figures_file, name="offer_file"),
]
