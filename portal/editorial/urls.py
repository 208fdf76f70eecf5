"""Paths of the room."""

from django.urls import path

from portal.editorial import reviewing, views

app_name = "editorial"
urlpatterns = [
    path("redaktion/", views.desk, name="desk"),
    path("redaktion/pruefen/", reviewing.review_list, name="review_list"),
    path("redaktion/mails/", views.mails, name="mails"),
    path("redaktion/mails/erneut/", views.resend_failed, name="resend_failed"),
    path("redaktion/mails/<int:pk>/erneut/", views.resend_mail, name="resend_mail"),
]
