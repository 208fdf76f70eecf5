from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InventoryConfig(AppConfig):
    name = "portal.inventory"
    verbose_name = _("Offers and providers of the editors")

    def ready(self) -> None:
        from portal.inventory import mails, own_data, task_cards  # noqa: F401 - register themselves
