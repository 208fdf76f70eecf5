"""Making municipalities. Their further life is in tenants.lifecycle, moving them in tenants.transfer."""

import shutil
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _

from tenants.context import current_schema, inside, inside_public, rest
from tenants.models import Domain, Municipality
from tenants.names import normal_host, validate_slug
from tenants.refused import RefusedError
from tenants.release import replay
from tenants.signals import provisioned
from tenants.storage import folder_of
from tenants.unfinished import finish, marked_folder, sweep


def _first_sentence(error: ValidationError) -> str:
    return " ".join(str(message) for message in error.messages)


def checked(slug: str, name: str, host: str) -> tuple[str, str]:
    """The cleaned slug and host of a municipality that may be made, or RefusedError."""
    try:
        validate_slug(slug)
        host = normal_host(host)
    except ValidationError as error:
        raise RefusedError(_first_sentence(error)) from error
    _check_name(name)
    if host == settings.BASE_DOMAIN:
        raise RefusedError(_("The host name “%(host)s” belongs to the platform itself.") % {"host": host})
    if Municipality.objects.filter(slug=slug).exists() or schema_exists(slug):
        raise RefusedError(_("There is already a municipality with the short name “%(slug)s”.") % {"slug": slug})
    taken = Domain.objects.filter(domain=host).select_related("tenant").first()
    if taken is not None:
        raise RefusedError(
            _("The host name “%(host)s” already belongs to %(name)s.") % {"host": host, "name": taken.tenant.name}
        )
    return slug, host


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


def municipality_named(slug: str) -> Municipality:
    """The municipality of this short name, or RefusedError."""
    with inside_public():
        found = Municipality.objects.filter(slug=slug).first()
    if found is None:
        raise RefusedError(_("There is no municipality “%(slug)s”.") % {"slug": slug[:80]})
    return found


def _template(slug: str) -> Municipality | None:
    if not slug:
        return None
    template = Municipality.objects.filter(slug=slug).first()
    if template is None:
        raise RefusedError(_("There is no municipality “%(slug)s” to copy from.") % {"slug": slug})
    return template


def create_municipality(slug: str, *, name: str, host: str, template: str = "", editor: str = "") -> Municipality:
    """Make a municipality that is ready to use: schema, host name, defaults or a template's copies, first editor.

    All or nothing: any failure rolls back schema and rows and removes the files made so far. Raises RefusedError,
    with one sentence, for a taken or impossible slug or host, an unknown template or an invalid address.
    """
    rest()
    sweep()
    with inside_public():
        slug, host = checked(slug, name, host)
        source = _template(template)
        try:
            with transaction.atomic():
                # First the rows: of two at once the second waits here, before it touches the folder of the first.
                municipality = _enter(slug, name.strip(), host)
                with marked_folder(slug), inside(municipality):
                    replay(slug)
                    provisioned.send(
                        create_municipality, municipality=municipality, template=source, host=host, editor=editor
                    )
        except ValidationError as error:
            raise RefusedError(_first_sentence(error)) from error
    return municipality


def _enter(slug: str, name: str, host: str) -> Municipality:
    """The rows of a municipality; RefusedError when somebody else was quicker by a moment."""
    try:
        municipality = Municipality.objects.create(slug=slug, schema_name=slug, name=name)
        Domain.objects.create(domain=host, tenant=municipality, is_primary=True)
    except IntegrityError as error:
        raise RefusedError(
            _("The short name “%(slug)s” or the host name “%(host)s” was taken just now.")
            % {"slug": slug, "host": host}
        ) from error
    transaction.on_commit(lambda: finish(slug))
    return municipality


def copy_rows(model: type[models.Model], *, template: Municipality, into: Municipality) -> int:
    """Copy a table of the template municipality into the new one, ids kept, and return the number of rows.

    Runs as one statement in the database; both schemas have the same release.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(
        connection.ops.quote_name(str(field.column)) for field in model._meta.concrete_fields if not field.generated
    )
    target, source = (connection.ops.quote_name(each.schema_name) for each in (into, template))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {target}.{table} ({columns}) SELECT {columns} FROM {source}.{table}")
        copied: int = cursor.rowcount
        if isinstance(model._meta.pk, models.AutoField):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence(%s, %s), max(id)) FROM {target}.{table} HAVING max(id) > 0",
                [f"{target}.{table}", model._meta.pk.column],
            )
    return copied


def copy_file(name: str, *, template: Municipality, into: Municipality) -> None:
    """Copy one stored file of the template municipality, under the same name. A missing file stays missing."""
    source, target = (Path(folder_of(each.schema_name)) / name for each in (template, into))
    if name and source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)


def refresh_statistics() -> None:
    """Let PostgreSQL count the tables of the municipality we are inside.

    To be called after a great change: until its own service comes by, searches on fresh tables are planned badly.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [current_schema()])
        tables = ", ".join(connection.ops.quote_name(name) for (name,) in cursor.fetchall())
        cursor.execute(f"ANALYZE {tables}")
