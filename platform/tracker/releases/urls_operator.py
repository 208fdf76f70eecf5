"""Paths of the room on the operator's host."""

from django.urls import path

from tracker.releases import operating

app_name = "releases"
urlpatterns = [
    path("betrieb/versionen/", operating.versions, name="versions"),
    path("betrieb/versionen/<str:version>/", operating.version, name="version"),
    path("betrieb/versionen/<str:version>/tickets/", operating.plan_tickets, name="plan"),
    path("betrieb/versionen/<str:version>/tickets/<int:pk>/", operating.item, name="item"),
    path("betrieb/versionen/<str:version>/tickets/<int:pk>/entfernen/", operating.take_out_item, name="take_out"),
    path("betrieb/versionen/<str:version>/freigeben/", operating.issue_version, name="issue"),
    path("betrieb/versionen/<str:version>/angekommen/", operating.arrived, name="arrived"),
    path("betrieb/versionen/<str:version>/loeschen/", operating.delete_version, name="delete"),
    path("betrieb/fristen/", operating.due_times, name="due_times"),
]
