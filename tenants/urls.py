"""Addresses of municipalities, seen from anywhere."""

from django.conf import settings


def address_of(host: str) -> str:
    """The address of a municipality's start page, for links from another host and for mails."""
    return f"{settings.URL_SCHEME}://{host}{settings.URL_PORT}/"
