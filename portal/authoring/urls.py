"""Paths of the room."""

from django.urls import path

from portal.authoring import checking, deciding, following, internal, past_views, placing, views
from portal.authoring.own import bulk, listing
from portal.authoring.profile.urls import PATHS as PROFILE

app_name = "authoring"
urlpatterns = [
    path("konto/angebote/", listing.own_offers, name="list"),
    path("konto/angebote/liste.<str:kind>", listing.own_offers_file, name="list_file"),
    path("konto/angebote/papierkorb/", listing.own_bin, name="bin"),
    path("konto/angebote/sammeln/", bulk.bulk, name="bulk"),
    path("konto/angebote/neu/", views.new, name="new"),
    path("konto/angebote/<int:pk>/", views.lead, name="offer"),
    path("konto/angebote/<int:pk>/was/", views.what, name="was"),
    path("konto/angebote/<int:pk>/wann/", views.when, name="wann"),
    path("konto/angebote/<int:pk>/wo/", views.where, name="wo"),
    path("konto/angebote/<int:pk>/ort/", placing.pin, name="pin"),
    path("konto/angebote/<int:pk>/bild/", views.picture, name="bild"),
    path("konto/angebote/<int:pk>/pruefen/", checking.check, name="pruefen"),
    path("konto/angebote/<int:pk>/vorschau/", checking.preview, name="preview"),
    path("konto/angebote/<int:pk>/waehlen/", views.choose, name="choose"),
    path("konto/angebote/<int:pk>/aenderung/", following.change, name="change"),
    path("konto/angebote/<int:pk>/verlauf/", past_views.past, name="past"),
    path("konto/angebote/<int:pk>/verlauf/<int:number>/", past_views.past_state, name="past_state"),
    path("konto/angebote/<int:pk>/zurueckziehen/", following.withdraw, name="withdraw"),
    path("konto/angebote/<int:pk>/freigeben/", deciding.approve, name="approve"),
    path("konto/angebote/<int:pk>/zurueckgeben/", deciding.send_back, name="send_back"),
    path("konto/angebote/<int:pk>/kopieren/", following.copy, name="copy"),
    path("redaktion/angebote/<int:pk>/intern/", internal.internal, name="internal"),
    *PROFILE,
]
