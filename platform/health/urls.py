"""Paths of the room, all on the platform's own host."""

from django.urls import path

from health.views import failed, listing, single

app_name = "health"
_JOBS = "betrieb/auftraege/"
urlpatterns = [
    path("betrieb/kommunen/", listing.overview, name="list"),
    path("betrieb/kommunen.<slug:kind>", listing.file, name="file"),
    path("betrieb/kommunen/<slug:slug>/", single.one, name="one"),
    path(_JOBS, failed.overview, name="failed"),
    path(f"{_JOBS}erneut/", failed.retry_all, name="retry_all"),
    path(f"{_JOBS}verwerfen/", failed.drop_all, name="drop_all"),
    path(f"{_JOBS}<int:pk>/erneut/", failed.retry_one, name="retry"),
    path(f"{_JOBS}<int:pk>/verwerfen/", failed.drop_one, name="drop"),
]
