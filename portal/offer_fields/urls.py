from django.urls import path

from portal.offer_fields import views

app_name = "offer_fields"
urlpatterns = [
    path("redaktion/einstellungen/angebotsfelder/", views.overview, name="overview"),
    path("redaktion/einstellungen/angebotsfelder/uebliche/", views.usual, name="usual"),
    path("redaktion/einstellungen/angebotsfelder/neu/", views.add, name="add"),
    path("redaktion/einstellungen/angebotsfelder/<int:pk>/", views.edit, name="edit"),
    path("redaktion/einstellungen/angebotsfelder/<int:pk>/verschieben/", views.move, name="move"),
    path("redaktion/einstellungen/angebotsfelder/<int:pk>/stilllegen/", views.retire, name="retire"),
    path("redaktion/einstellungen/angebotsfelder/<int:pk>/loeschen/", views.delete, name="delete"),
]
