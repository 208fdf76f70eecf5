"""Making municipalities. Their further life is in tenants.lifecycle.states, moving them in tenants.transfer."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _

from tenants.models import Domain, Municipality, State
from tenants.refused import RefusedError
from tenants.registry import checked, first_sentence
from tenants.rollout.release import replay
from tenants.running.context import inside, inside_public, rest
from tenants.running.storage import files
from tenants.signals import provisioned
from tenants.transfer.leftovers import finish, marked_folder, sweep


def _template(slug: str) -> Municipality | None:
    if not slug:
        return None
    template = Municipality.objects.filter(slug=slug).first()
    if template is None:
        raise RefusedError(_("There is no municipality “%(slug)s” to copy from.") % {"slug": slug})
    return template


def create_municipality(
    slug: str, *, name: str, host: str, template: str = "", editor: str = "", state: State = State.LIVE
) -> Municipality:
    """Make a municipality that is ready to use: schema, host name, defaults or a template's copies, first editor.
    One in the state DRAFT is seen by its editors alone, and on a preview host only (tenants.lifecycle.preview).

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
                municipality = _enter(slug, name.strip(), host, state)
                with marked_folder(slug), inside(municipality):
                    replay(slug)
                    provisioned.send(
                        create_municipality, municipality=municipality, template=source, host=host, editor=editor
                    )
        except ValidationError as error:
            raise RefusedError(first_sentence(error)) from error
    return municipality


def _enter(slug: str, name: str, host: str, state: State) -> Municipality:
    """The rows of a municipality; RefusedError when somebody else was quicker by a moment."""
    try:
        municipality = Municipality.objects.create(slug=slug, schema_name=slug, name=name, state=state)
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
    if name:
        files().copy(template.schema_name, name, into.schema_name)
