from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VocabularyConfig(AppConfig):
    name = "portal.vocabulary"
    verbose_name = _("Topics and lists")

    def ready(self) -> None:
        from portal.vocabulary import task_cards  # noqa: F401 - registers itself
        from portal.vocabulary.catalogue import commanding, registering, work  # noqa: F401 - registers itself
