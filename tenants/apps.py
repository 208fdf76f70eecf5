from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TenantsConfig(AppConfig):
    name = "tenants"
    verbose_name = _("Municipalities")

    def ready(self) -> None:
        from core.health import register_check, register_figures
        from tenants.carried import carry
        from tenants.models import DomainClaim, MunicipalityFigures
        from tenants.running import changes, guard
        from tenants.running.connections import pool_figures, sessions_are_our_own
        from tenants.running.listening import hears_changes
        from tenants.running.storage import files_are_kept

        guard.install()
        carry(DomainClaim, MunicipalityFigures)
        register_check("sessions", sessions_are_our_own)
        register_check("changes", hears_changes)
        register_check("files", files_are_kept, asks_database=False)
        register_figures("pool", pool_figures)
        register_figures("memory", changes.figures)
