from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "portal.pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from portal.pages import effects, receivers, task_cards  # noqa: F401 - connects to provisioned, register themselves
        from portal.pages.sources import page_source
        from portal.translation.sources import register

        register("seite", page_source)
