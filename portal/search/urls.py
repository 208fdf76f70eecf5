"""Paths of the room."""

from django.urls import path, re_path

from portal.search import around_views as around
from portal.search import editing, explain_views, feed, map_views, sitemap, views

app_name = "search"
urlpatterns = [
    path("angebote/", around.offers, name="offers"),
    path("angebote/nachbarn/", around.nearby, name="nearby"),
    path("angebote/nachbarn/karte.json", around.nearby_points, name="nearby_points"),
    re_path(r"^angebote/nachbarn/karte/(?P<pk>[0-9]{1,18})/$", around.nearby_bubble, name="nearby_bubble"),
    path("angebote/vorschlaege/", views.suggestions, name="suggestions"),
    path("angebote/karte.json", around.points, name="map_points"),
    path("angebote/karte/umrisse.json", map_views.outlines, name="map_outlines"),
    re_path(r"^angebote/karte/(?P<pk>[0-9]{1,18})/$", around.bubble, name="map_bubble"),
    path("anbieter/", views.providers, name="providers"),
    path("redaktion/synonyme/", editing.synonyms, name="synonyms"),
    path("redaktion/synonyme/<int:pk>/", editing.edit_synonyms, name="edit_synonyms"),
    path("redaktion/synonyme/<int:pk>/loeschen/", editing.remove_synonyms, name="remove_synonyms"),
    path("redaktion/synonyme/vorschlaege/", explain_views.proposals, name="proposals"),
    path("redaktion/suche/erklaeren/", explain_views.explanation, name="explanation"),
    path("angebote/feed.atom", feed.show, name="feed"),
    path("opensearch.xml", feed.opensearch, name="opensearch"),
    path("sitemap.xml", sitemap.show, name="sitemap"),
    re_path(r"^sitemap-(?P<kind>[a-z]{1,20})-(?P<part>[1-9][0-9]{0,3})\.xml$", sitemap.show_part, name="part"),
]
