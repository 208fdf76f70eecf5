"""Paths of the room on a municipality's host."""

from django.urls import path

from tracker.channels import exports_views, feeds_views
from tracker.channels.views import hooks, mails

app_name = "channels"
urlpatterns = [
    path("plattform/export/", exports_views.show, name="exports"),
    path("plattform/export/alles.<slug:kind>", exports_views.whole, name="export"),
    path("plattform/export/<slug:key>.csv", exports_views.table, name="export_table"),
    path("plattform/feeds/<str:token>/<slug:name>.xml", feeds_views.feed, name="feed"),
    path("plattform/benachrichtigungen/", mails.subscription, name="subscription"),
    path("plattform/webhooks/", hooks.show, name="hooks"),
    path("plattform/webhooks/neu/", hooks.add, name="add_hook"),
    path("plattform/webhooks/<int:pk>/", hooks.edit, name="hook"),
    path("plattform/webhooks/<int:pk>/probe/", hooks.try_it, name="try_hook"),
    path("plattform/webhooks/<int:pk>/loeschen/", hooks.delete, name="delete_hook"),
    path("plattform/webhooks/<int:pk>/<int:delivery>/erneut/", hooks.resend, name="resend"),
]
