"""Paths of the room."""

from django.urls import path

from portal.subscriptions import views

app_name = "subscriptions"
urlpatterns = [
    path("angebote/abo/", views.subscribe, name="subscribe"),
    path("angebote/abo/gesendet/", views.sent, name="sent"),
    path("angebote/abo/bestaetigen/<str:token>/", views.confirm, name="confirm"),
    path("angebote/abo/<str:token>/", views.manage, name="manage"),
    path("angebote/abo/<str:token>/abmelden/", views.unsubscribe, name="unsubscribe"),
]
