from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CellsConfig(AppConfig):
    name = "operations.cells"
    verbose_name = _("Cells and moves")

    def ready(self) -> None:
        from operations.cells import task_cards  # noqa: F401 - registers itself
