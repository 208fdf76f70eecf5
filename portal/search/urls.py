"""Paths of the room."""

from django.urls import path

from portal.search import editing, feed, sitemap, views

app_name = "search"
urlpatterns = [
    path("angebote/", views.offers, name="offers"),
    path("angebote/vorschlaege/", views.suggestions, name="suggestions"),
    path("anbieter/", views.providers, name="providers"),
    path("redaktion/synonyme/", editing.synonyms, name="synonyms"),
    path("redaktion/synonyme/<int:pk>/", editing.edit_synonyms, name="edit_synonyms"),
    path("redaktion/synonyme/<int:pk>/loeschen/", editing.remove_synonyms, name="remove_synonyms"),
    path("angebote/feed.atom", feed.show, name="feed"),
    path("opensearch.xml", feed.opensearch, name="opensearch"),
    path("sitemap.xml", sitemap.show, name="sitemap"),
]
