"""Paths of the room on a municipality's host."""

from django.urls import path

from tracker.channels.views import hooks, mails

app_name = "channels"
urlpatterns = [
    path("plattform/benachrichtigungen/", mails.subscription, name="subscription"),
    path("plattform/webhooks/", hooks.show, name="hooks"),
    path("plattform/webhooks/neu/", hooks.add, name="add_hook"),
    path("plattform/webhooks/<int:pk>/", hooks.edit, name="hook"),
    path("plattform/webhooks/<int:pk>/probe/", hooks.try_it, name="try_hook"),
    path("plattform/webhooks/<int:pk>/loeschen/", hooks.delete, name="delete_hook"),
    path("plattform/webhooks/<int:pk>/<int:delivery>/erneut/", hooks.resend, name="resend"),
]
