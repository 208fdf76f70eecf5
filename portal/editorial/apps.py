from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "portal.editorial"
    verbose_name = _("Editorial")

    def ready(self) -> None:
        from portal.editorial import deeds, mails, own_data, task_cards  # noqa: F401 - register themselves
        from portal.editorial.desk import finders, queue, sources  # noqa: F401 - the same
