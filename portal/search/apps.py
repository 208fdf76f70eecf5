from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "portal.search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from portal.search import adopting, receivers, rules, task_cards  # noqa: F401 - register themselves
