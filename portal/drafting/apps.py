from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DraftingConfig(AppConfig):
    name = "portal.drafting"
    verbose_name = _("Drafts from pages and flyers")

    def ready(self) -> None:
        from portal.drafting import own_data, proposals, switch  # noqa: F401 - register themselves
