from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RevisionsConfig(AppConfig):
    name = "portal.revisions"
    verbose_name = _("Revisions")

    def ready(self) -> None:
        from portal.revisions import own_data, receivers  # noqa: F401 - connects to accounts that are deleted
