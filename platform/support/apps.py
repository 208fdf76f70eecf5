from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupportConfig(AppConfig):
    name = "support"
    verbose_name = _("Support access")

    def ready(self) -> None:
        from core.support import install
        from support import deeds, receivers, task_cards  # noqa: F401 - connect and register themselves
        from support.entering import find, here
        from support.models import Visit
        from support.opened import answer_for
        from tenants.carried import carry

        carry(Visit)
        install(find=find, opened=lambda route: answer_for(route).look, here=here)
