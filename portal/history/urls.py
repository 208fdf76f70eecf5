"""Paths of the room. `{% url 'history:of' 'offer' offer.pk %}`: the history of a thing, by the name of its kind."""

from django.urls import path, register_converter

from portal.history import bin_views, views
from portal.history.registry import chronicles


class KindConverter:
    """The name of a kind, which is a German word in addresses."""

    regex = "[a-z]+"

    def to_python(self, value: str) -> str:
        found = next((each.name for each in chronicles() if each.word == value), None)
        if found is None:
            raise ValueError(value)
        return found

    def to_url(self, value: str) -> str:
        return next(each.word for each in chronicles() if each.name == value)


register_converter(KindConverter, "history_kind")
app_name = "history"
urlpatterns = [
    path("redaktion/verlauf/", views.recent, name="recent"),
    path("redaktion/verlauf/papierkorb/", bin_views.bin_page, name="bin"),
    path("redaktion/verlauf/papierkorb/<history_kind:kind>/<int:pk>/", bin_views.take_back, name="take_back"),
    path("redaktion/verlauf/<history_kind:kind>/<int:pk>/", views.of, name="of"),
    path("redaktion/verlauf/<history_kind:kind>/<int:pk>/vergleich/", views.compare, name="compare"),
    path("redaktion/verlauf/<history_kind:kind>/<int:pk>/<int:number>/", views.state, name="state"),
]
