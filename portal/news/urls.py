"""Paths of the room."""

from django.urls import path

from portal.news import desk, views

app_name = "news"
urlpatterns = [
    path("aktuelles/", views.show, name="list"),
    path("aktuelles/atom.xml", views.atom, name="atom"),
    path("aktuelles/<int:pk>-<slug:slug>/", views.item, name="item"),
    path("redaktion/aktuelles/", desk.show, name="desk"),
    path("redaktion/aktuelles/neu/", desk.add, name="add"),
    path("redaktion/aktuelles/<int:pk>/", desk.edit, name="edit"),
    path("redaktion/aktuelles/<int:pk>/loeschen/", desk.delete, name="delete"),
]
