"""Paths of the room; `/<slug>/` must be the last of all."""

from django.urls import path, re_path

from portal.pages import editing, media, views

app_name = "pages"
urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("vorschau.png", views.picture, name="picture"),
    path("media/<path:path>", media.show, name="media"),
    re_path(r"^(?:angebote|anbieter)/info/(?P<slug>[^/]+)/?$", views.moved, name="moved"),
    path("redaktion/leichte-sprache/", editing.list_easy, name="easy_list"),
    path("redaktion/leichte-sprache/<int:pk>/", editing.edit_easy, name="easy_edit"),
    path("leichte-sprache/<slug:slug>/", views.show_easy, name="easy"),
    path("<slug:slug>/", views.show, name="show"),
]
