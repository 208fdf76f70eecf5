"""What a municipality consists of as digests: each table, each sequence, each file. Two of one content are equal."""

import hashlib
from collections.abc import Container
from contextlib import suppress

from tenants.running.storage import files
from tenants.transfer import catalogue
from tenants.transfer.catalogue import Link, Table
from tenants.transfer.connecting import snapshot
from tenants.transfer.files import kept_files

Digests = dict[str, str]
_FILE = "file "


def digests_of(schema: str) -> Digests:
    """By `table NAME`, `sequence TABLE.COLUMN` and `file NAME`."""
    with snapshot() as link:
        found = {f"table {table.name}": _rows(link, table) for table in catalogue.tables(link, schema)}
        for column, (_name, last, given) in catalogue.sequences(link, schema).items():
            found[f"sequence {column}"] = f"{last} {given}"
    for kept in kept_files(schema):
        # What was listed may be thrown away by now.
        with suppress(FileNotFoundError):
            found[f"{_FILE}{kept.name}"] = _content(schema, kept.name)
    return found


def _content(schema: str, name: str) -> str:
    digest = hashlib.sha256()
    for piece in files().pieces(schema, name):
        digest.update(piece)
    return digest.hexdigest()


def _rows(link: Link, table: Table) -> str:
    digest = hashlib.sha256()
    with link.cursor() as cursor, cursor.copy(table.lines()) as copy:
        for line in copy:
            digest.update(line)
    return digest.hexdigest()


def differences(one: Digests, two: Digests, named: Container[str]) -> list[str]:
    """What is not the same in both; `named`: the files that rows name.

    A file that is in one of them alone and that no row names is none: a picture whose row was refused while the copy
    was made, or one that was just being thrown away.
    """
    return sorted(
        name
        for name in one.keys() | two.keys()
        if one.get(name) != two.get(name) and ((name in one and name in two) or not _is_left_over(name, named))
    )


def _is_left_over(name: str, named: Container[str]) -> bool:
    return name.startswith(_FILE) and name.removeprefix(_FILE) not in named
