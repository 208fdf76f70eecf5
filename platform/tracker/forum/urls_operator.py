"""Paths of the room on the operator's host."""

from django.urls import path

from tracker.forum.urls import paths
from tracker.forum.views import polls

app_name = "forum"
HERE = "betrieb/austausch/"
urlpatterns = [
    *paths(HERE),
    path(f"{HERE}umfragen/neu/", polls.add, name="add_poll"),
    path(f"{HERE}umfragen/<int:pk>/bearbeiten/", polls.edit, name="edit_poll"),
    path(f"{HERE}umfragen/<int:pk>/schliessen/", polls.close, name="close_poll"),
]
