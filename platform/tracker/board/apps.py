from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BoardConfig(AppConfig):
    name = "tracker.board"
    verbose_name = _("Board")

    def ready(self) -> None:
        from tracker.board import doors, task_cards  # noqa: F401 - they register themselves
