"""Paths of the room, all on the platform's own host."""

from django.urls import path

from health.views import alerts, failed, listing, single

app_name = "health"
_JOBS = "betrieb/auftraege/"
_ALERTS = "betrieb/alarme/"
urlpatterns = [
    path("betrieb/kommunen/", listing.overview, name="list"),
    path("betrieb/kommunen.<slug:kind>", listing.file, name="file"),
    path("betrieb/kommunen/<slug:slug>/", single.one, name="one"),
    path(_ALERTS, alerts.overview, name="alerts"),
    path(f"{_ALERTS}test/", alerts.try_out, name="try_alerts"),
    path(f"{_ALERTS}webhooks/neu/", alerts.add_hook, name="add_hook"),
    path(f"{_ALERTS}webhooks/<int:pk>/", alerts.hook, name="hook"),
    path(f"{_ALERTS}webhooks/<int:pk>/loeschen/", alerts.delete_hook, name="delete_hook"),
    path(_JOBS, failed.overview, name="failed"),
    path(f"{_JOBS}erneut/", failed.retry_all, name="retry_all"),
    path(f"{_JOBS}verwerfen/", failed.drop_all, name="drop_all"),
    path(f"{_JOBS}<int:pk>/erneut/", failed.retry_one, name="retry"),
    path(f"{_JOBS}<int:pk>/verwerfen/", failed.drop_one, name="drop"),
]
