from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "portal.news"
    verbose_name = _("News")

    def ready(self) -> None:
        from portal.news import addresses, pictures, task_cards  # noqa: F401 - register themselves
