"""DATABASE_URL as PostgreSQL's own programs read it, several hosts included."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from core.database_url import database, parameters
from tenants.transfer.backups.programs import _options


def test_one_host_is_as_it_ever_was():
    assert database("postgres://ada:geheim%21@db.example:5433/portal") == {
        "NAME": "portal", "USER": "ada", "PASSWORD": "geheim!", "HOST": "db.example", "PORT": "5433", "OPTIONS": {},
    }  # fmt: skip
    assert database("postgresql://ada@/portal?host=/run/postgresql&sslmode=require") == {
        "NAME": "portal", "USER": "ada", "PASSWORD": "", "HOST": "/run/postgresql", "PORT": "",
        "OPTIONS": {"sslmode": "require"},
    }  # fmt: skip


def test_of_several_hosts_the_one_that_takes_writes_is_asked_for_and_a_silent_one_holds_nobody_up():
    found = database("postgres://ada:x@db1:5432,db2:5433/portal")
    assert (found["HOST"], found["PORT"]) == ("db1,db2", "5432,5433")
    assert found["OPTIONS"]["target_session_attrs"] == "read-write"
    assert found["OPTIONS"]["connect_timeout"] == "3"
    assert database("postgres://ada@db1,db2/portal", wanted="prefer-standby")["OPTIONS"]["target_session_attrs"] == (
        "prefer-standby"
    )
    said = "postgres://ada@db1,db2/portal?target_session_attrs=any&connect_timeout=9"
    assert (
        database(said)["OPTIONS"] | {"target_session_attrs": "any", "connect_timeout": "9"}
        == (database(said)["OPTIONS"])
    )


def test_whoever_connects_by_itself_or_by_a_program_hears_the_same():
    url = "postgres://ada:x@db1:5432,db2/portal?sslmode=verify-full&sslrootcert=/ca.crt"
    assert parameters(url) | {"host": "db1,db2", "dbname": "portal", "sslmode": "verify-full"} == parameters(url)
    assert parameters(url)["target_session_attrs"] == "read-write"
    said = {**database(url)["OPTIONS"], "options": "-c search_path=none", "pool": {"min_size": 1}}
    assert _options(said) == {
        "PGSSLMODE": "verify-full", "PGSSLROOTCERT": "/ca.crt", "PGCONNECT_TIMEOUT": "3",
        "PGTARGETSESSIONATTRS": "read-write",
    }  # fmt: skip


@pytest.mark.parametrize("url", ["", "mysql://x/y", "postgres://db", "postgres://db/x?nonsense=1", "host=db dbname=x"])
def test_what_is_none_is_one_sentence(url):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_DIRECT_URL must look like postgres://user:password@host"):
        database(url, name="DATABASE_DIRECT_URL")
