"""Paths of the room."""

from django.urls import path

from portal.editorial import reviewing
from portal.editorial.desk import habit_views, item_views
from portal.editorial.desk import views as desk

app_name = "editorial"
urlpatterns = [
    path("redaktion/", desk.desk, name="desk"),
    path("redaktion/der-reihe-nach/", desk.begin, name="begin"),
    path("redaktion/der-reihe-nach/weiter/", desk.skip, name="skip"),
    path("redaktion/tasten/", desk.keys, name="keys"),
    path("redaktion/einstellungen/schreibtisch/", habit_views.habits, name="habits"),
    path("redaktion/aufgaben/<slug:kind>/<int:pk>/", item_views.item, name="item"),
    path("redaktion/aufgaben/<slug:kind>/<int:pk>/zuweisen/", item_views.assign, name="assign"),
    path("redaktion/aufgaben/<slug:kind>/<int:pk>/notiz/", item_views.note, name="note"),
    path("redaktion/aufgaben/<slug:kind>/<int:pk>/beobachten/", item_views.watch, name="watch"),
    path("redaktion/pruefen/", reviewing.review_list, name="review_list"),
]
