from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TicketsConfig(AppConfig):
    name = "tracker.tickets"
    verbose_name = _("Tickets")

    def ready(self) -> None:
        from tracker.tickets import merging, receivers, uniting  # noqa: F401 - the receivers register themselves

        merging.register(merging.Mover("tickets", uniting.move_own, order=10))
