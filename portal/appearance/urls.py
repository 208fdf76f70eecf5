"""Paths of the room."""

from django.urls import path

from portal.appearance import earlier_views, preview_views, views

app_name = "appearance"
urlpatterns = [
    path("redaktion/aussehen/", views.look, name="look"),
    path("redaktion/aussehen/startseite/", views.start, name="start"),
    path("redaktion/aussehen/kopf-und-fuss/", views.frame, name="frame"),
    path("redaktion/aussehen/verwerfen/", views.discard, name="discard"),
    path("redaktion/aussehen/frueher/", earlier_views.earlier, name="earlier"),
    path("redaktion/aussehen/frueher/<int:pk>/holen/", earlier_views.fetch, name="fetch"),
    path("redaktion/aussehen/vorschau/", preview_views.preview, name="preview"),
    path("redaktion/aussehen/vorschau/mail/", preview_views.mail, name="preview_mail"),
    path("redaktion/aussehen/vorschau.css", preview_views.sheet, name="sheet"),
    path("redaktion/aussehen/lesbarkeit/", preview_views.proof, name="proof"),
]
