"""Paths of the room on the operator's host."""

from django.urls import path

from tracker.channels import exports_views, feeds_views
from tracker.channels.views import hooks, incoming, mails

app_name = "channels"
urlpatterns = [
    path("betrieb/export/", exports_views.show, name="exports"),
    path("betrieb/export/alles.<slug:kind>", exports_views.whole, name="export"),
    path("betrieb/export/<slug:key>.csv", exports_views.table, name="export_table"),
    path("betrieb/feeds/<str:token>/<slug:name>.xml", feeds_views.feed, name="feed"),
    path("eingang/<str:key>/", incoming.receive_message, name="receive"),
    path("betrieb/benachrichtigungen/", mails.subscription, name="subscription"),
    path("betrieb/webhooks/", hooks.show, name="hooks"),
    path("betrieb/webhooks/neu/", hooks.add, name="add_hook"),
    path("betrieb/webhooks/<int:pk>/", hooks.edit, name="hook"),
    path("betrieb/webhooks/<int:pk>/probe/", hooks.try_it, name="try_hook"),
    path("betrieb/webhooks/<int:pk>/loeschen/", hooks.delete, name="delete_hook"),
    path("betrieb/webhooks/<int:pk>/<int:delivery>/erneut/", hooks.resend, name="resend"),
    path("betrieb/eingang/", incoming.sources, name="sources"),
    path("betrieb/eingang/<int:pk>/", incoming.source, name="source"),
    path("betrieb/eingang/<int:pk>/loeschen/", incoming.delete_source, name="delete_source"),
    path("betrieb/fehler/", incoming.errors_seen, name="errors"),
    path("betrieb/fehler/<int:pk>/", incoming.error, name="error"),
    path("betrieb/tickets/<int:pk>/aussen/", incoming.link_issue, name="link_issue"),
    path("betrieb/tickets/<int:pk>/aussen/<int:issue>/entfernen/", incoming.unlink_issue, name="unlink_issue"),
]
