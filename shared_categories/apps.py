from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "shared_categories"
    # Short names of tables, and of what is remembered of them (`tenants.running.changes`).
    label = "catalogue"
    verbose_name = _("Catalogue")

    def ready(self) -> None:
        from shared_categories import commanding, task_cards  # noqa: F401 - they register themselves
        from shared_categories.models import Use
        from tenants.carried import carry

        carry(Use)
