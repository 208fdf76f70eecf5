from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "mail"
    verbose_name = _("Mail")

    def ready(self) -> None:
        from mail import figures as mail_figures
        from mail import mails, own_data, receivers, spoken_mails  # noqa: F401 - connect and register themselves
        from tenants.running import figures

        figures.register(figures.Figure.MAILS_SENT, mail_figures.sent)
        figures.register(figures.Figure.MAILS_BOUNCED, mail_figures.bounced)
