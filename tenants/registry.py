"""Which municipalities there are, and whether there may be one more of this name."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from tenants.models import Domain, Municipality
from tenants.names import normal_host, validate_slug
from tenants.refused import RefusedError
from tenants.running.context import inside_public


def first_sentence(error: ValidationError) -> str:
    """What a validator said, as one line for the operator."""
    return " ".join(str(message) for message in error.messages)


def checked(slug: str, name: str, host: str) -> tuple[str, str]:
    """The cleaned slug and host of a municipality that may be made, or RefusedError."""
    try:
        validate_slug(slug)
    except ValidationError as error:
        raise RefusedError(first_sentence(error)) from error
    _check_name(name)
    if Municipality.objects.filter(slug=slug).exists() or schema_exists(slug):
        raise RefusedError(_("There is already a municipality with the short name “%(slug)s”.") % {"slug": slug})
    return slug, free_host(host)


def free_host(host: str) -> str:
    """A host name as browsers send it, which nobody has yet. Raises RefusedError. Asked on the operator's side."""
    try:
        host = normal_host(host)
    except ValidationError as error:
        raise RefusedError(first_sentence(error)) from error
    if host == settings.BASE_DOMAIN:
        raise RefusedError(_("The host name “%(host)s” belongs to the platform itself.") % {"host": host})
    taken = Domain.objects.filter(domain=host).select_related("tenant").first()
    if taken is not None:
        raise RefusedError(
            _("The host name “%(host)s” already belongs to %(name)s.") % {"host": host, "name": taken.tenant.name}
        )
    return host


def _check_name(name: str) -> None:
    longest = Municipality._meta.get_field("name").max_length
    if not name.strip() or not name.isprintable():
        raise RefusedError(_("Please give the municipality's name with --name, in one line."))
    if len(name.strip()) > longest:
        raise RefusedError(_("The name is longer than %(longest)d characters.") % {"longest": longest})


def schema_exists(schema_name: str) -> bool:
    """Whether the database has a schema of this name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [schema_name])
        return cursor.fetchone() is not None


def quoted_tables(schema_name: str) -> list[str]:
    """All tables of a schema as statements name them, in the order in which everybody locks them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY tablename", [schema_name])
        quote = connection.ops.quote_name
        return [f"{quote(schema_name)}.{quote(name)}" for (name,) in cursor.fetchall()]


def municipality_named(slug: str) -> Municipality:
    """The municipality of this short name, or RefusedError."""
    with inside_public():
        found = Municipality.objects.filter(slug=slug).first()
    if found is None:
        raise RefusedError(_("There is no municipality “%(slug)s”.") % {"slug": slug[:80]})
    return found
