"""Paths of the room."""

from django.urls import path

from portal.editorial import reviewing, views
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
    path("redaktion/pruefen/<int:pk>/", reviewing.review, name="review"),
    path("redaktion/pruefen/<int:pk>/vorschau/", reviewing.preview, name="review_preview"),
    path("redaktion/pruefen/<int:pk>/freigeben/", reviewing.approve, name="approve"),
    path("redaktion/pruefen/<int:pk>/zurueckgeben/", reviewing.send_back, name="send_back"),
    path("redaktion/mails/", views.mails, name="mails"),
    path("redaktion/mails/erneut/", views.resend_failed, name="resend_failed"),
    path("redaktion/mails/<int:pk>/erneut/", views.resend_mail, name="resend_mail"),
]
