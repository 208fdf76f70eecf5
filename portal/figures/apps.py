from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    name = "portal.figures"
    verbose_name = _("Figures of offers")

    def ready(self) -> None:
        from portal.figures import task_cards  # noqa: F401 - registers
