from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "portal.organisations"
    verbose_name = _("Organisations")

    def ready(self) -> None:
        from portal.organisations import effects, mails, own_data, receivers, task_cards, work  # noqa: F401 - connect and register themselves
