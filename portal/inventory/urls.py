"""Paths of the room."""

from django.urls import path

from portal.inventory import browsing as lists
from portal.inventory.bulk import views as bulk
from portal.inventory.entering import beginning, door, giving, sheet
from portal.inventory.lists import filters
from portal.inventory.merging import views as merging

app_name = "inventory"
urlpatterns = [
    path("redaktion/angebote/", lists.offers, name="offers"),
    path("redaktion/angebote/liste.<str:kind>", lists.offers_file, name="offers_file"),
    path("redaktion/angebote/sammeln/", bulk.bulk_offers, name="bulk_offers"),
    path("redaktion/angebote/neu/", beginning.new_offer, name="new_offer"),
    path("redaktion/angebote/<int:pk>/", sheet.offer, name="offer"),
    path("redaktion/angebote/<int:pk>/notiz/", sheet.note_on_offer, name="note_on_offer"),
    path("redaktion/angebote/<int:pk>/kennzeichen/", sheet.mark, name="mark"),
    path("redaktion/angebote/<int:pk>/uebertragen/", giving.give, name="transfer"),
    path("redaktion/anbieter/", lists.providers, name="providers"),
    path("redaktion/anbieter/liste.<str:kind>", lists.providers_file, name="providers_file"),
    path("redaktion/anbieter/sammeln/", bulk.bulk_providers, name="bulk_providers"),
    path("redaktion/anbieter/neu/", beginning.new_provider, name="new_provider"),
    path("redaktion/anbieter/zusammenfuehren/", merging.merge, name="merge"),
    path("redaktion/anbieter/<int:pk>/", sheet.provider, name="provider"),
    path("redaktion/anbieter/<int:pk>/notiz/", sheet.note_on_provider, name="note_on_provider"),
    path("redaktion/filter/<str:subject>/", filters.manage, name="filters"),
    path("redaktion/filter/<int:pk>/entfernen/", filters.remove, name="remove_filter"),
    path("redaktion/filter/<int:pk>/teilen/", filters.share, name="share_filter"),
    path("redaktion/sammelaktionen/", bulk.runs, name="runs"),
    path("redaktion/sammelaktionen/<int:pk>/", bulk.run, name="run"),
    path("redaktion/sammelaktionen/<int:pk>/anhalten/", bulk.stop, name="stop"),
    path("redaktion/sammelaktionen/<int:pk>/fortsetzen/", bulk.resume, name="resume"),
    path("redaktion/sammelaktionen/<int:pk>/zuruecknehmen/", bulk.take_back, name="take_back"),
]
door_patterns = door.PATHS
