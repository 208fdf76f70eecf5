"""Neighbouring municipalities and roof portals: agreements of both sides, and an index of published offers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeighboursConfig(AppConfig):
    name = "neighbours"
    verbose_name = _("Neighbours")

    def ready(self) -> None:
        from neighbours import mails, receivers, task_cards, work  # noqa: F401 - register themselves
