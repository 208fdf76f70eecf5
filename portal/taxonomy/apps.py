from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TaxonomyConfig(AppConfig):
    name = "portal.taxonomy"
    verbose_name = _("Taxonomy")

    def ready(self) -> None:
        from portal.taxonomy import go_live, receivers  # noqa: F401 - connects to provisioned, register themselves
        from portal.taxonomy.colors import category_classes
        from theming.css import register

        register(category_classes, room="taxonomy")
