"""Durable notes on how far a schema is in a migration that runs outside a transaction (see RolloutNote)."""

from django.db import connection
from django.utils.translation import gettext as _
from psycopg import sql

from tenants.refused import RefusedError
from tenants.rollout_records import RolloutNote
from tenants.running.context import inside_public


class Notes:
    """The note of one schema on one migration."""

    def __init__(self, schema_name: str, migration: str, pieces: str) -> None:
        self.schema_name = schema_name
        self.migration = migration
        self.pieces = pieces

    def read(self) -> tuple[int, bool]:
        """How many pieces have run, and whether the next was begun; makes the note where there is none.

        RefusedError when the note is about other statements than the code has now.
        """
        with inside_public():
            note, _made = RolloutNote.objects.get_or_create(
                schema_name=self.schema_name, migration=self.migration, defaults={"pieces": self.pieces}
            )
        if note.pieces != self.pieces:
            raise RefusedError(
                _(
                    "%(migration)s was begun in %(municipality)s with other statements than the code has now: go back "
                    "to the release that began it and roll it out to the end."
                )
                % {"migration": self.migration, "municipality": self.schema_name}
            )
        return note.done, note.begun

    def begin(self, number: int) -> None:
        """The piece of this number is about to start."""
        self._update(done=number, begun=True)

    def end(self, done: int) -> None:
        """This many pieces have run."""
        self._update(done=done, begun=False)

    def _update(self, **values: object) -> None:
        with inside_public():
            RolloutNote.objects.filter(schema_name=self.schema_name, migration=self.migration).update(**values)

    def _where(self) -> str:
        mine = (sql.Literal(value).as_string(None) for value in (self.schema_name, self.migration))
        return "WHERE schema_name = {} AND migration = {}".format(*mine)

    def ended(self, done: int) -> str:
        """The statement that says so, for the transaction of the piece."""
        return f"UPDATE public.{self._table()} SET done = {int(done)}, begun = false {self._where()};"

    def forgotten(self) -> str:
        """The statement that removes the note, for the transaction that records the migration."""
        return f"DELETE FROM public.{self._table()} {self._where()};"

    @staticmethod
    def _table() -> str:
        return connection.ops.quote_name(RolloutNote._meta.db_table)


def forget(schema_name: str) -> None:
    """In the transaction that drops a schema: another one of its name, made later, has begun nothing."""
    with inside_public():
        RolloutNote.objects.filter(schema_name=schema_name).delete()
