"""Paths of the platform's own host."""

from django.urls import path

from operations import views

app_name = "operations"
urlpatterns = [
    path("", views.start, name="start"),
    path("betrieb/", views.console, name="console"),
    path("betrieb/kommunen/<slug:slug>/ansehen/", views.look, name="look"),
    path("betrieb/mails/", views.mails, name="mails"),
    path("betrieb/mails/erneut/", views.resend_failed, name="resend_failed"),
    path("betrieb/mails/<int:pk>/erneut/", views.resend_mail, name="resend_mail"),
    path("betrieb/postausgang/", views.postbox, name="postbox"),
]
