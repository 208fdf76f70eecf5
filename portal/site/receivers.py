"""What a new municipality gets, and what follows from a page that was saved."""

from typing import Any

from django.db.models import F, Max
from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver

from portal.pages.models import Page
from portal.site.menus.services import follow, usual
from portal.site.models import MenuItem
from tenants.lifecycle.making import copy_rows
from tenants.models import Municipality
from tenants.signals import provisioned


@receiver(provisioned)
def fill_menus(municipality: Municipality, template: Municipality | None, **kwargs: Any) -> None:
    """The template's menus with its pages, else the usual ones."""
    if template is None or not copy_rows(MenuItem, template=template, into=municipality):
        usual(MenuItem, list(Page.objects.order_by("position", "pk")))


@receiver(post_save, sender=Page)
def follow_page(instance: Page, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    """The menu says what the page says of it."""
    if not raw and (update_fields is None or "menu" in update_fields):
        follow(instance)


@receiver(pre_delete, sender=MenuItem)
def let_below_stay(instance: MenuItem, **kwargs: Any) -> None:
    """An entry goes, with its page perhaps: what stood below it will stand behind the others of the upper level."""
    last = MenuItem.objects.filter(place=instance.place, parent=None).aggregate(last=Max("position"))["last"] or 0
    instance.children.update(position=F("position") + last + 1)
