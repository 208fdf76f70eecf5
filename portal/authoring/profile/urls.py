"""Paths of the profile's pages."""

from django.urls import path

from portal.authoring.profile import checking, following, placing, views

PATHS = [
    path("konto/anbieter/<int:pk>/", following.overview, name="profile"),
    path("konto/anbieter/<int:pk>/profil/wer/", views.who, name="profile_who"),
    path("konto/anbieter/<int:pk>/profil/kontakt/", views.contact, name="profile_contact"),
    path("konto/anbieter/<int:pk>/profil/nadel/", placing.pin, name="profile_pin"),
    path("konto/anbieter/<int:pk>/profil/zeiten/", views.hours, name="profile_hours"),
    path("konto/anbieter/<int:pk>/profil/bilder/", views.images, name="profile_images"),
    path("konto/anbieter/<int:pk>/profil/pruefen/", checking.check, name="profile_check"),
    path("konto/anbieter/<int:pk>/profil/vorschau/", checking.preview, name="profile_preview"),
    path("konto/anbieter/<int:pk>/profil/waehlen/", views.choose, name="profile_choose"),
    path("konto/anbieter/<int:pk>/profil/aenderung/", following.change, name="profile_change"),
    path("konto/anbieter/<int:pk>/profil/zurueckziehen/", following.withdraw, name="profile_withdraw"),
]
