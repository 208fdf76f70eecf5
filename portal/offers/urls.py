"""Paths of single offers and providers. The id finds them; the words behind it may change."""

from django.urls import re_path

from portal.offers import calendar_views, profile_views, views

app_name = "offers"
# At most 18 digits: a longer number is none of ours, and PostgreSQL's integers end there.
OFFER = r"^angebote/(?P<pk>[0-9]{1,18})-(?P<slug>[^/]+)/"
PROVIDER = r"^anbieter/(?P<pk>[0-9]{1,18})-(?P<slug>[^/]+)/"
urlpatterns = [
    re_path(rf"{OFFER}$", views.show, name="show"),
    re_path(rf"{OFFER}termine\.ics$", calendar_views.offer_dates, name="offer_dates"),
    re_path(rf"{OFFER}qr\.svg$", views.qr_code, name="qr"),
    re_path(rf"{OFFER}bild\.png$", views.picture, name="picture"),
    re_path(rf"{PROVIDER}$", profile_views.show, name="show_provider"),
    re_path(rf"{PROVIDER}termine\.ics$", calendar_views.provider_dates, name="provider_dates"),
    re_path(rf"{PROVIDER}bild\.png$", profile_views.picture, name="picture_of_provider"),
]
