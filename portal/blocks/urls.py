"""Paths of the room."""

from django.urls import path

from portal.blocks.views import editing, listing, previews, single

app_name = "blocks"
_PAGE = "redaktion/seiten/<int:pk>/"
urlpatterns = [
    path("vorschau/<str:token>/", previews.shared, name="shared"),
    path("redaktion/seiten/", listing.pages, name="list"),
    path("redaktion/seiten/neu/", single.create, name="create"),
    path(_PAGE, editing.edit, name="edit"),
    path(f"{_PAGE}anwesend/", editing.present, name="present"),
    path(f"{_PAGE}angaben/", single.settings, name="settings"),
    path(f"{_PAGE}zeitplan/", single.plan, name="plan"),
    path(f"{_PAGE}vorschau/", previews.own, name="preview"),
    path(f"{_PAGE}vorschau/link/", previews.link, name="preview_link"),
    path(f"{_PAGE}unterschiede/", single.differences, name="differences"),
    path(f"{_PAGE}verwerfen/", single.discard, name="discard"),
    path(f"{_PAGE}offline/", single.take_offline, name="take_offline"),
    path(f"{_PAGE}loeschen/", single.delete, name="delete"),
]
