from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TokensConfig(AppConfig):
    name = "portal.tokens"
    verbose_name = _("Tokens for programs")

    def ready(self) -> None:
        from portal.tokens import own_data, task_cards  # noqa: F401 - register themselves
