"""Paths of the room."""

from django.urls import path

from portal.quality import lists, views
from portal.quality.doubles import views as doubles
from portal.quality.links import views as links
from portal.quality.reminders import views as reminders

app_name = "quality"
_AT = "redaktion/qualitaet/"
urlpatterns = [
    path(_AT, views.board, name="board"),
    path(f"{_AT}ziele/", views.goals, name="goals"),
    path(f"{_AT}angebote/", lists.offers, name="offers"),
    path(f"{_AT}angebote/liste.<str:kind>", lists.offers_file, name="offers_file"),
    path(f"{_AT}anbieter/", lists.providers, name="providers"),
    path(f"{_AT}anbieter/liste.<str:kind>", lists.providers_file, name="providers_file"),
    path(f"{_AT}links/", links.link_list, name="links"),
    path(f"{_AT}links/liste.<str:kind>", links.link_file, name="links_file"),
    path(f"{_AT}links/<int:pk>/pruefen/", links.check_again, name="link_again"),
    path(f"{_AT}links/<int:pk>/in-ordnung/", links.accept, name="link_accept"),
    path(f"{_AT}doppelt/", doubles.pairs, name="pairs"),
    path(f"{_AT}doppelt/<int:pk>/verschieden/", doubles.different, name="pair_different"),
    path(f"{_AT}doppelt/<int:pk>/behalten/", doubles.keep_one, name="pair_keep"),
    path(f"{_AT}erinnern/<str:reason>/", reminders.remind, name="remind"),
]
