"""Asking to take part in a network. What was written goes to who coordinates it and is not kept; where no address is
known, the editors get it as a question and answer it."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from portal.feedback import letters, services
from portal.feedback.models import Kind
from portal.professionals.networks import Network


def ask(network: Network, *, name: str, organisation: str, email: str, message: str) -> None:
    """Write to whoever decides. To be called in the transaction that counts it."""
    title = network.data["title"]
    with translation.override(settings.LANGUAGE_CODE):
        wish = _("I would like to take part in the network “%(title)s”.") % {"title": title}
        where = _("Organisation: %(name)s") % {"name": organisation}
    text = "\n\n".join(part for part in (wish, where, message) if part)
    if to := network.data["email"]:
        letters.contact(to=to, title=title, url=network.url, name=name, email=email, message=text)
    else:
        services.open_case(Kind.QUESTION, text=text, page=network.url, name=name, email=email)
