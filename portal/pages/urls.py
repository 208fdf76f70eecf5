"""Paths of the room; `/<slug>/` must be the last of all."""

from django.urls import path, re_path

from portal.pages import media, views

app_name = "pages"
urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("media/<path:path>", media.show, name="media"),
    re_path(r"^(?:angebote|anbieter)/info/(?P<slug>[^/]+)/?$", views.moved, name="moved"),
    path("redaktion/leichte-sprache/", views.list_easy, name="easy_list"),
    path("redaktion/leichte-sprache/<int:pk>/", views.edit_easy, name="easy_edit"),
    path("leichte-sprache/<slug:slug>/", views.show_easy, name="easy"),
    path("<slug:slug>/", views.show, name="show"),
]
