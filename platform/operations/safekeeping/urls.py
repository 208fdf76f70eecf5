"""Paths of the room, all on the operator's host."""

from django.urls import path

from operations.safekeeping.views import exports, life, works

app_name = "safekeeping"
_HERE = "betrieb/sicherungen/"
_FILE = f"{_HERE}dateien/<str:key>/"
_LIFE = "betrieb/kommunen/<slug:slug>/zustand/"
urlpatterns = [
    path(_HERE, exports.overview, name="overview"),
    path(f"{_HERE}exporte/", exports.ask, name="ask"),
    path(f"{_HERE}exporte/<int:pk>/", exports.export, name="export"),
    path(f"{_HERE}exporte/<int:pk>/datei/", exports.fetch, name="fetch"),
    path(f"{_HERE}exporte/<int:pk>/loeschen/", exports.remove, name="remove"),
    path(f"{_HERE}sichern/", works.back_up, name="back_up"),
    path(f"{_HERE}probe/", works.rehearse, name="rehearse"),
    path(f"{_HERE}dateien/", works.bring, name="bring"),
    path(_FILE, works.source, name="source"),
    path(f"{_FILE}ansehen/", works.look, name="look"),
    path(f"{_FILE}ausprobieren/", works.try_out, name="try_out"),
    path(f"{_FILE}wiederherstellen/", works.restore, name="restore"),
    path(f"{_HERE}arbeiten/<int:pk>/", works.work, name="work"),
    path(f"{_HERE}arbeiten/<int:pk>/beenden/", works.end_trial, name="end_trial"),
    path(_LIFE, life.show, name="life"),
    path(f"{_LIFE}aendern/", life.change, name="change"),
    path(f"{_LIFE}loeschen/", life.delete, name="delete"),
]
