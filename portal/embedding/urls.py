"""Paths of the room."""

from django.urls import path, re_path

from portal.embedding import building_views, component_views, views

app_name = "embedding"
urlpatterns = [
    path("embed/", views.what_it_is, name="what_it_is"),
    path("embed/suche/", views.search, name="search"),
    path("embed/liste/", views.listing, name="list"),
    path("embed/kalender/", views.calendar, name="calendar"),
    re_path(r"^embed/angebot/(?P<pk>[0-9]{1,18})/$", views.offer, name="offer"),
    re_path(r"^embed/anbieter/(?P<pk>[0-9]{1,18})/$", views.provider, name="provider"),
    path("embed/chancenportal.js", component_views.newest, name="component"),
    re_path(r"^embed/chancenportal-(?P<version>[0-9]{1,3})\.js$", component_views.version, name="component_version"),
    path("redaktion/einbetten/", building_views.build, name="build"),
]
