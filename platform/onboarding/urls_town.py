"""Paths of the room on a municipality's host."""

from django.urls import path

from onboarding.views import contract, hosts, way

app_name = "onboarding"
urlpatterns = [
    path("redaktion/einrichtung/", way.show, name="way"),
    path("redaktion/einrichtung/regeln/", way.keep_rules, name="keep_rules"),
    path("redaktion/einrichtung/oeffnen/", way.open_portal, name="open"),
    path("redaktion/vertrag/", contract.overview, name="contract"),
    path("redaktion/vertrag/<int:pk>/", contract.paper, name="paper"),
    path("redaktion/vertrag/datei/<int:pk>/", contract.fetch, name="fetch"),
    path("redaktion/adressen/", hosts.overview, name="hosts"),
    path("redaktion/adressen/aendern/", hosts.change, name="change_host"),
]
