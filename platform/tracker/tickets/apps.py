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
            showing,
            task_cards,
            uniting,
        )
        from tracker.tickets.views import listing

        merging.register(merging.Mover("tickets", uniting.move_own, order=10))
        showing.tab(showing.Tab("tickets:mine", _("Our reports"), 50, listing.open_ones, lambda viewer: True))
