"""Filters of the operator's pages."""

from django import template

from tenants.models import Domain
from tenants.urls import address_of

register = template.Library()


@register.filter
def municipality_url(domain: Domain) -> str:
    """The address of the municipality's start page."""
    return address_of(domain.domain)
