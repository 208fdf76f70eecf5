"""What a new municipality gets, and what its first item of news brings onto the start page."""

from typing import Any

from django.dispatch import receiver

from portal.news.signals import begun
from portal.start.defaults import compose
from portal.start.models import Entry, Section
from portal.start.services import bring_in_news
from tenants.lifecycle.making import copy_file, copy_rows
from tenants.models import Municipality
from tenants.signals import provisioned


@receiver(provisioned)
def fill_start_page(municipality: Municipality, template: Municipality | None, **kwargs: Any) -> None:
    """The template's start page with its pictures, else the usual one."""
    if template is None or not copy_rows(Section, template=template, into=municipality):
        compose(Section, Entry)
        return
    copy_rows(Entry, template=template, into=municipality)
    for name in Entry.objects.exclude(image="").values_list("image", flat=True):
        copy_file(name, template=template, into=municipality)


@receiver(begun)
def show_first_news(sender: type, by: Any, **kwargs: Any) -> None:
    """The first item that is released brings the news onto the start page; they come by themselves once."""
    bring_in_news(by=by)
