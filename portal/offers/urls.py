"""Paths of single offers and providers. The id finds them; the words behind it may change."""

from django.urls import re_path

from portal.offers import calendar_views, views

app_name = "offers"
# At most 18 digits: a longer number is none of ours, and PostgreSQL's integers end there.
urlpatterns = [
    re_path(r"^angebote/(?P<pk>[0-9]{1,18})-(?P<slug>[^/]+)/$", views.show, name="show"),
    re_path(r"^anbieter/(?P<pk>[0-9]{1,18})-(?P<slug>[^/]+)/$", views.show_provider, name="show_provider"),
    re_path(
        r"^angebote/(?P<pk>[0-9]{1,18})-(?P<slug>[^/]+)/termine\.ics$", calendar_views.offer_dates, name="offer_dates"
    ),
    re_path(
        r"^anbieter/(?P<pk>[0-9]{1,18})-(?P<slug>[^/]+)/termine\.ics$",
        calendar_views.provider_dates,
        name="provider_dates",
    ),
]
