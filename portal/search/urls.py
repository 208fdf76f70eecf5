"""Paths of the room."""

from django.urls import path

from portal.search import sitemap, views

app_name = "search"
urlpatterns = [
    path("", views.start_page, name="start"),
    path("angebote/", views.offers, name="offers"),
    path("angebote/vorschlaege/", views.suggestions, name="suggestions"),
    path("anbieter/", views.providers, name="providers"),
    path("sitemap.xml", sitemap.show, name="sitemap"),
]
