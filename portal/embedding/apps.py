from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EmbeddingConfig(AppConfig):
    name = "portal.embedding"
    verbose_name = _("Parts for other websites")

    def ready(self) -> None:
        from portal.embedding import switch, task_cards  # noqa: F401 - register themselves
