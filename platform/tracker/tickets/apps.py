from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TicketsConfig(AppConfig):
    name = "tracker.tickets"
    verbose_name = _("Tickets")

    def ready(self) -> None:
        from tracker.tickets import (  # noqa: F401 - some register themselves
            merging,
            own_data,
            receivers,
            reported,
            showing,
            task_cards,
            uniting,
        )

        merging.register(merging.Mover("tickets", uniting.move_own, order=10))
        showing.tab(showing.Tab("tickets:mine", _("Our reports"), 50, reported.open_ones, lambda viewer: True))
