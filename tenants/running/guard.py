"""Nothing of one municipality is used in another: querysets and instances carry the schema they were made in.

Without this, a lazy queryset evaluated after the municipality changed silently reads the other one's rows, and an
instance saved there overwrites the row with the same key (measured in shared/design/tenancy.md). Three official
places of Django see every use:

- the SQL compiler (tenants.running.backend.compiler) sees every query when it becomes SQL;
- the database router sees every instance that is saved, deleted, refreshed, related or followed;
- `ModelState`, `Query` and `RawQuerySet` are made once per instance and per queryset: the stamp is put on there, and
  `Query` is asked about every instance one filters by.

What passes Django by (cursors, hand-made search paths, callbacks on commit) is the engine's part:
`tenants.running.backend.base`.
"""

from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, models
from django.db.models import sql
from django.db.models.base import ModelState
from django.db.models.query import RawQuerySet

from tenants.running import replica
from tenants.running.context import PUBLIC, WrongMunicipalityError, current_schema, entered_schema, link


def _explain(thing: str, made_in: str | None, used_in: str) -> str:
    return (
        f"{thing} was made inside “{made_in}” and is used inside “{used_in}”. "
        "Load it again with `with inside(municipality):` around the code that uses it."
    )


@cache
def _pooled_apps() -> frozenset[str]:
    pooled = set(settings.SHARED_APPS) - set(settings.TENANT_APPS)
    return frozenset(config.label for config in apps.get_app_configs() if config.name in pooled)


def is_pooled(model: type[models.Model]) -> bool:
    """True for tables that exist in the shared schema only, which every municipality may read."""
    return model._meta.app_label in _pooled_apps()


def check_query(query: Any, using: Any) -> None:
    """Refuse a query that was made in another schema than the one the connection is in."""
    model = getattr(query, "model", None)
    if model is None or is_pooled(model):
        return
    here = using.schema_name
    entered = entered_schema()
    if entered is not None and entered != here:
        raise WrongMunicipalityError(_explain(f"A connection for {model.__name__}", here, entered))
    made_in = getattr(query, "made_in", None)
    if made_in is not None and made_in != here:
        raise WrongMunicipalityError(_explain(f"A query for {model.__name__}", made_in, here))


def check_instance(instance: models.Model) -> None:
    """Refuse an instance that was made or loaded in another schema."""
    # Its own word for its class: `request.user` is a lazy stand-in.
    if is_pooled(instance.__class__):
        return
    made_in = getattr(instance._state, "made_in", None)
    if made_in is not None and made_in != current_schema():
        raise WrongMunicipalityError(_explain(f"A {instance.__class__.__name__}", made_in, current_schema()))


class GuardRouter:
    """Django asks its routers about every instance it works with; this one looks.

    It decides only where there is a replica to read from: then it says which of the two (`tenants.running.replica`).
    """

    def _look(self, instance: models.Model | None) -> None:
        if instance is not None:
            check_instance(instance)

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str | None:
        self._look(hints.get("instance"))
        return replica.for_reading()

    def db_for_write(self, model: type[models.Model], **hints: Any) -> str | None:
        self._look(hints.get("instance"))
        return replica.for_writing()

    def allow_relation(self, first: models.Model, second: models.Model, **hints: Any) -> bool | None:
        self._look(first)
        self._look(second)
        # The same rows, wherever they were read.
        return True if replica.exists() else None


def _stamp_state(self: ModelState) -> None:
    self.made_in = current_schema()  # type: ignore[attr-defined]


def _present() -> str | None:
    """The schema a query made now belongs to; None at import time (form fields, managers): good everywhere."""
    entered = entered_schema()
    return link.schema_name if entered is None and link.schema_name != PUBLIC else entered


def _stamp_query() -> None:
    plain = sql.Query.__init__

    def stamped(self: sql.Query, *args: Any, **kwargs: Any) -> None:
        plain(self, *args, **kwargs)
        self.made_in = _present()  # type: ignore[attr-defined]

    sql.Query.__init__ = stamped  # type: ignore[method-assign]


def _look_at_lookups() -> None:
    """`filter(provider=provider)` keeps only the key, which means somebody else in another municipality."""
    plain = sql.Query.check_query_object_type

    def looked(self: sql.Query, value: Any, opts: Any, field: Any) -> None:
        if isinstance(value, models.Model):
            check_instance(value)
        plain(self, value, opts, field)

    sql.Query.check_query_object_type = looked  # type: ignore[method-assign]


def _stamp_raw() -> None:
    """`raw()` has no Query: its SQL names tables that every municipality has."""
    plain_init, plain_iterator = RawQuerySet.__init__, RawQuerySet.iterator

    def stamped(self: Any, *args: Any, **kwargs: Any) -> None:
        plain_init(self, *args, **kwargs)
        self.made_in = _present()

    def checked(self: Any) -> Any:
        check_query(self, connections[self.db])
        return plain_iterator(self)

    RawQuerySet.__init__ = stamped  # type: ignore[method-assign]
    RawQuerySet.iterator = checked  # type: ignore[method-assign]


def _look_at_bulk_update() -> None:
    """It hands the database keys and values only; for which instances, nobody would know any more."""
    plain = models.QuerySet.bulk_update

    def looked(self: Any, objs: Any, fields: Any, batch_size: Any = None) -> int:
        rows = tuple(objs)
        for row in rows:
            check_instance(row)
        return plain(self, rows, fields, batch_size=batch_size)

    looked.alters_data = True  # type: ignore[attr-defined]
    models.QuerySet.bulk_update = looked  # type: ignore[method-assign]


def install() -> None:
    """Put the stamps on. Called once, when the app registry is ready."""
    ModelState.__init__ = _stamp_state  # type: ignore[method-assign, assignment]
    _stamp_query()
    _stamp_raw()
    _look_at_lookups()
    _look_at_bulk_update()
