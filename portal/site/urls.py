"""Paths of the room."""

from django.urls import path

from portal.site.golive import views as golive
from portal.site.legal import views as legal
from portal.site.library import views as library
from portal.site.menus import views as menus
from portal.site.redirects import views as redirects

app_name = "site"
urlpatterns = [
    path("redaktion/start-check/", golive.show, name="go_live"),
    path("redaktion/menues/", menus.show, name="menus"),
    path("redaktion/menues/neu/", menus.add, name="menu_add"),
    path("redaktion/menues/verschieben/", menus.move, name="menu_move"),
    path("redaktion/menues/seite/<int:pk>/", menus.add_page, name="menu_page"),
    path("redaktion/menues/<int:pk>/", menus.edit, name="menu_edit"),
    path("redaktion/menues/<int:pk>/entfernen/", menus.remove, name="menu_remove"),
    path("redaktion/rechtliches/", legal.show, name="legal"),
    path("redaktion/rechtliches/<slug:slug>/", legal.edit, name="legal_edit"),
    path("redaktion/rechtliches/<slug:slug>/text/", legal.text, name="legal_text"),
    path("redaktion/weiterleitungen/", redirects.show, name="redirects"),
    path("redaktion/weiterleitungen/liste.<str:kind>", redirects.file, name="redirects_file"),
    path("redaktion/weiterleitungen/neu/", redirects.add, name="redirect_add"),
    path("redaktion/weiterleitungen/tabelle/", redirects.table, name="redirect_table"),
    path("redaktion/weiterleitungen/<int:pk>/", redirects.edit, name="redirect_edit"),
    path("redaktion/weiterleitungen/<int:pk>/loeschen/", redirects.delete, name="redirect_delete"),
    path("redaktion/medien/", library.show, name="library"),
    path("redaktion/medien/liste.<str:kind>", library.file, name="library_file"),
    path("redaktion/medien/neu/", library.add, name="picture_add"),
    path("redaktion/medien/<int:pk>/", library.edit, name="picture"),
    path("redaktion/medien/<int:pk>/ersetzen/", library.put_another, name="picture_replace"),
    path("redaktion/medien/<int:pk>/loeschen/", library.delete, name="picture_delete"),
]
