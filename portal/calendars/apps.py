from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CalendarsConfig(AppConfig):
    name = "portal.calendars"
    verbose_name = _("Calendars")

    def ready(self) -> None:
        from portal.calendars import mails, origin, own_data, task_cards, work  # noqa: F401 - register themselves
