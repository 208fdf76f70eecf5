from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "portal.people"
    verbose_name = _("People")

    def ready(self) -> None:
        from portal.people import finding, go_live, mails, own_data, task_cards  # noqa: F401 - register themselves
