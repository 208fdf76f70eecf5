"""What a municipality consists of as digests: each table, each sequence, each file. Two of one content are equal."""

import hashlib

from tenants.running.storage import files
from tenants.transfer import catalogue
from tenants.transfer.catalogue import Link, Table
from tenants.transfer.connecting import snapshot
from tenants.transfer.files import kept_files

Digests = dict[str, str]


def digests_of(schema: str) -> Digests:
    """By `table NAME`, `sequence TABLE.COLUMN` and `file NAME`."""
    with snapshot() as link:
        found = {f"table {table.name}": _rows(link, table) for table in catalogue.tables(link, schema)}
        for column, (_name, last, given) in catalogue.sequences(link, schema).items():
            found[f"sequence {column}"] = f"{last} {given}"
    for kept in kept_files(schema):
        digest = hashlib.sha256()
        for piece in files().pieces(schema, kept.name):
            digest.update(piece)
        found[f"file {kept.name}"] = digest.hexdigest()
    return found


def _rows(link: Link, table: Table) -> str:
    digest = hashlib.sha256()
    with link.cursor() as cursor, cursor.copy(table.lines()) as copy:
        for line in copy:
            digest.update(line)
    return digest.hexdigest()


def differences(one: Digests, two: Digests) -> list[str]:
    """What is not the same in both."""
    return sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))
