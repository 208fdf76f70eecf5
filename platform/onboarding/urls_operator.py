"""Paths of the room on the operator's host: the public form, and the operator's pages."""

from django.urls import path

from onboarding.views import applying, operating

app_name = "onboarding"
_HERE = "betrieb/antraege/"
_TOWN = "betrieb/kommunen/<slug:slug>/adressen/"
urlpatterns = [
    path("mitmachen/", applying.apply, name="apply"),
    path("mitmachen/danke/", applying.thanks, name="thanks"),
    path("mitmachen/<str:token>/", applying.confirm, name="confirm"),
    path(_HERE, operating.overview, name="overview"),
    path(f"{_HERE}<int:pk>/", operating.application, name="application"),
    path(f"{_HERE}<int:pk>/annehmen/", operating.accept, name="accept"),
    path(f"{_HERE}<int:pk>/ablehnen/", operating.refuse, name="refuse"),
    path(f"{_HERE}<int:pk>/nachsehen/", operating.look, name="look"),
    path(f"{_HERE}<int:pk>/erinnern/", operating.remind, name="remind"),
    path(f"{_HERE}<int:pk>/oeffnen/", operating.open_portal, name="open"),
    path(f"{_HERE}papiere/<int:number>/", operating.paper, name="paper"),
    path(_TOWN, operating.hosts, name="hosts"),
    path(f"{_TOWN}aendern/", operating.change_host, name="change_host"),
]
