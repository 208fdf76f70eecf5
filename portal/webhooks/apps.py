from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    name = "portal.webhooks"
    verbose_name = _("Webhooks")

    def ready(self) -> None:
        from portal.webhooks import mails, receivers, task_cards  # noqa: F401 - register themselves
