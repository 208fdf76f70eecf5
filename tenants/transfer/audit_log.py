"""The audit log of an export: whole, though it names no operator.

Operators act in a municipality's log under their address, which is no business of whoever gets the export. They are
called "operator" there. As an entry's hash is made of what it says, the log is chained anew from the first of them on;
the manifest says so, with the hash it ended with and the one it ends with now. What did not fit before does not fit
afterwards (audit.chaining).
"""

from collections.abc import Iterator

from psycopg import sql

from audit.chaining import Rechaining, said_sql
from tenants.transfer.catalogue import Link, Table
from tenants.transfer.manifest import Manifest

TABLE = "audit_entry"
OPERATOR = "operator"
_HASHES = ("previous_hash", "entry_hash")
_NAMED = """
    SELECT DISTINCT actor FROM {log} WHERE actor IN (SELECT email FROM public.accounts_user)
    AND actor NOT IN (SELECT email FROM {accounts}) ORDER BY actor
"""


def operators_in(link: Link, table: Table) -> list[str]:
    """How the log names operators, except those who have an account of the municipality's own."""
    query = sql.SQL(_NAMED).format(log=table.identifier, accounts=sql.Identifier(table.schema, "accounts_user"))
    return [actor for (actor,) in link.execute(query).fetchall()]


def retold(link: Link, table: Table, hidden: list[str], manifest: Manifest) -> Iterator[bytes]:
    """The rows as lines in the order of their chain, with these actors hidden; what was done stands in the manifest."""
    chain = Rechaining()
    renamed, first = 0, 0
    with link.cursor(name="audit_log") as cursor:
        cursor.itersize = 2_000
        cursor.execute(_reading(table), {"hidden": hidden})
        for number, is_hidden, previous, own, said, told, row in cursor:
            before, head = chain.follow(previous, own, said=said, told=told)
            renamed += is_hidden
            first = first or (number if is_hidden else 0)
            yield f'{row[:-1]},"previous_hash":"{before}","entry_hash":"{head}"}}\n'.encode()
    manifest.redacted = renamed
    manifest.audit = {"rechained_from": first, "original_head": chain.original_head, "head": chain.head}


def _reading(table: Table) -> sql.Composed:
    """One statement gives for each entry what is hashed of it, before and after, and its row but for the hashes."""
    names = [each.name for each in table.columns]
    retold_as = {
        "actor": sql.SQL("CASE WHEN hidden THEN {} ELSE actor END").format(sql.Literal(OPERATOR)),
        # The number of an account elsewhere: here it would be somebody else's.
        "actor_id": sql.SQL("CASE WHEN hidden THEN NULL ELSE actor_id END"),
    }
    columns = [
        sql.SQL("{} AS {}").format(retold_as[each.name], sql.Identifier(each.name))
        if each.name in retold_as
        else each.outgoing()
        for each in table.columns
        if each.name not in _HASHES
    ]
    told = said_sql(
        actor_id="CASE WHEN hidden THEN NULL ELSE actor_id END",
        actor=f"CASE WHEN hidden THEN '{OPERATOR}' ELSE actor END",
    )
    # Entries of before positions come first (audit.models.Entry).
    order = sql.SQL("position NULLS FIRST, id" if "position" in names else "id")
    return sql.SQL(
        "SELECT id, hidden, previous_hash, entry_hash, {said}, {told}, "
        "(SELECT row_to_json(r.*)::text FROM (SELECT {columns}) AS r) "
        "FROM (SELECT *, actor = ANY(%(hidden)s) AS hidden FROM {table}) AS e ORDER BY {order}"
    ).format(
        said=sql.SQL(said_sql()),
        told=sql.SQL(told),
        columns=sql.SQL(", ").join(columns),
        table=table.identifier,
        order=order,
    )
