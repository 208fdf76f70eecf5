"""Paths of the room."""

from django.urls import path

from portal.drafting import views

app_name = "drafting"
urlpatterns = [
    path("konto/angebote/neu/webseite/", views.page, name="page"),
    path("konto/angebote/neu/flyer/", views.flyer, name="flyer"),
    path("konto/angebote/neu/gelesen/<int:pk>/", views.reading, name="reading"),
    path("konto/angebote/neu/gelesen/<int:pk>/seite/<int:number>/", views.sheet, name="sheet"),
]
