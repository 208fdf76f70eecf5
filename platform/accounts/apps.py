from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from accounts import own_data, receivers, second_factor, task_cards, terms  # noqa: F401 - register themselves
        from core import gates

        gates.register("second_factor", second_factor.gate, order=10)
        gates.register("terms", terms.gate, order=20)
