"""Paths of comparisons, below those of the room; their tables register themselves."""

from django.urls import path

from portal.planning.comparison import views

app_name = "planning_comparison"
urlpatterns = [path("auswertung/vergleich/", views.comparison, name="comparison")]
