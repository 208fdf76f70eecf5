"""Paths of the room on the operator's host."""

from django.urls import path

from announcements import operating

app_name = "announcements_desk"
_HERE = "betrieb/mitteilungen/"
urlpatterns = [
    path(_HERE, operating.overview, name="overview"),
    path(f"{_HERE}neu/", operating.new, name="new"),
    path(f"{_HERE}<int:pk>/", operating.one, name="one"),
    path(f"{_HERE}<int:pk>/aendern/", operating.change, name="change"),
    path(f"{_HERE}<int:pk>/veroeffentlichen/", operating.publish, name="publish"),
    path(f"{_HERE}<int:pk>/zurueckziehen/", operating.withdraw, name="withdraw"),
    path(f"{_HERE}<int:pk>/loeschen/", operating.drop, name="drop"),
]
