"""The reading of dumps, without a database: what stands in them comes out, what is broken is refused."""

import io
import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.exchange.typo3 import sql
from portal.exchange.typo3.dump import Dump, DumpError

FIXTURES = Path(__file__).parent / "fixtures"
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
OFFER = "tx_chancenportal_domain_model_offer"


def escaped(text: bytes) -> bytes:
    """mysql_real_escape_string, from MySQL's mysys/charset.cc and written independently of the reader."""
    table = {0: b"\\0", 10: b"\\n", 13: b"\\r", 92: b"\\\\", 39: b"\\'", 34: b'\\"', 26: b"\\Z"}
    return b"".join(table.get(byte, bytes([byte])) for byte in text)


def literal(value) -> bytes:
    if value is None:
        return b"NULL"
    if isinstance(value, bytes):
        return b"_binary '" + escaped(value) + b"'"
    if isinstance(value, str):
        return b"'" + escaped(value.encode()) + b"'"
    return repr(value).encode()


VALUES = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**64),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.text("'\\;,()`-# \n\"_%0x*/!"),
)


@given(
    st.lists(st.lists(VALUES, min_size=3, max_size=3), min_size=1, max_size=5),
    st.sampled_from([1, 2, 7, 4096]),
)
@settings(max_examples=300, deadline=None)
def test_what_mysqldump_wrote_is_what_is_read(rows, chunk):
    text = b",".join(b"(" + b",".join(map(literal, row)) + b")" for row in rows)
    source = sql.Source(io.BytesIO(b"INSERT INTO `t` VALUES " + text + b";\n-- end"), chunk=chunk)
    statement = sql.statement(source)
    read = [[sql.field(value) for value in sql.written(row)] for _line, row in sql.rows(source)]

    assert statement.table == "t"
    assert len(read) == len(rows)
    for row, fields in zip(rows, read, strict=True):
        for value, field in zip(row, fields, strict=True):
            if isinstance(value, str):
                assert field.quoted
                assert field.text.decode() == value
            else:
                assert not field.quoted
                assert field.text == literal(value)


@given(st.binary())
def test_any_bytes_survive_the_quotes(content):
    assert sql.unescape(escaped(content)) == content


def written(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "dump.sql"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def small() -> str:
    return (FIXTURES / "small.sql").read_text(encoding="utf-8")


def test_rows_come_as_columns_whatever_the_dump_calls_them():
    dump = Dump(FIXTURES / "small.sql")
    offers = {row["uid"]: row for row in dump.rows(OFFER)}
    providers = list(dump.rows("tx_chancenportal_domain_model_provider", {"name", "long_description"}))

    assert offers[1]["name"] == "Töpfern mit O'Neill"
    assert offers[1]["active_date"] == "0000-00-00 00:00:00"
    assert offers[1]["start_date"] is None
    assert "slug" in offers[1]
    assert "moddate" not in offers[1]
    assert providers[0].keys() == {"name", "long_description"}
    assert "C:\\Neu 🎈" in providers[0]["long_description"]
    assert dump.tables["tx_chancenportal_domain_model_date"].rows == 20
    assert next(iter(dump.rows("cache_pages")))["content"] == b"x\0\x1a;'\n-- no comment"
    assert [row["uc"] for row in dump.rows("fe_users")][-3:] == [b"\x00\xff", None, None]
    assert list(dump.rows("tx_does_not_exist")) == []


def test_columns_may_be_named_in_the_insert_in_another_order(tmp_path):
    text = small().replace(
        "INSERT INTO `tx_chancenportal_domain_model_carrier` VALUES (1,'Freie Träger',0),(2,'',0);",
        "INSERT INTO `tx_chancenportal_domain_model_carrier` (`name`, `uid`)\nVALUES\n\t('Freie', 1),\n\t('x''y', 2);",
    )
    rows = list(Dump(written(tmp_path, text)).rows("tx_chancenportal_domain_model_carrier"))

    assert rows == [{"name": "Freie", "uid": 1}, {"name": "x'y", "uid": 2}]


def test_a_latin1_dump_is_read_as_the_charset_it_declares(tmp_path):
    text = small().replace("SET NAMES utf8", "SET NAMES latin1").replace(" 🎈", "").encode("cp1252")
    names = [row["name"] for row in Dump(written(tmp_path, text)).rows(OFFER, {"name"})]

    assert names[0] == "Töpfern mit O'Neill"


def test_without_set_names_the_charset_of_the_tables_counts(tmp_path):
    text = small().replace("/*!40101 SET NAMES utf8 */;\n", "").replace("CHARSET=utf8", "CHARSET=latin1")
    path = written(tmp_path, text.replace(" 🎈", "").encode("cp1252"))

    assert next(iter(Dump(path).rows("tx_chancenportal_domain_model_district")))["name"] == "Süd"


def as_phpmyadmin(text: str) -> str:
    """The same dump as shared hosting exports it: other comments, spaces after commas, keys at the end."""
    text = re.sub(r"^--.*\n", "", text, flags=re.M)
    text = re.sub(r"\),\n?\(", "),\n(", text).replace("  PRIMARY KEY (`uid`)\n", "").replace(",\n)", "\n)")
    return (
        "-- phpMyAdmin SQL Dump\n-- version 4.9.5\n\n"
        'SET SQL_MODE = "NO_AUTO_VALUE_ON_ZERO";\nSET AUTOCOMMIT = 0;\nSTART TRANSACTION;\n'
        f"{text}\nALTER TABLE `fe_users`\n  ADD PRIMARY KEY (`uid`);\nCOMMIT;\n"
    )


def test_a_dump_of_phpmyadmin_says_the_same(tmp_path):
    ours, theirs = Dump(FIXTURES / "small.sql"), Dump(written(tmp_path, as_phpmyadmin(small())))

    for name in ours.tables:
        assert list(theirs.rows(name)) == list(ours.rows(name)), name


REFUSED = {
    "empty": (b"", "leer|empty"),
    "not sql": (b"Sehr geehrte Damen und Herren,\nanbei.\n", "SQL"),
    "gzip": (b"\x1f\x8b\x08\x00abc", "gunzip"),
    "zip": (b"PK\x03\x04abc", "gunzip"),
    "utf-16": ("-- MySQL dump".encode("utf-16"), "UTF-16"),
    "postgresql": (b"--\n-- PostgreSQL database dump\n--\nCREATE TABLE a (b int);\n", "PostgreSQL"),
    "sqlite": (b"PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n", "SQLite"),
    "binary": (b"\x89PNG\r\n\x1a\n\0\0\0", "mysqldump"),
    "wordpress": (
        b"CREATE TABLE `wp_posts` (\n  `ID` int\n) ENGINE=InnoDB;\n-- Dump completed\n",
        "fe_users",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_dump_of_a_chancenportal_is_named_and_refused(name, tmp_path):
    content, said = REFUSED[name]
    with pytest.raises(DumpError, match=said):
        Dump(written(tmp_path, content))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(DumpError):
        Dump(tmp_path / "nothing.sql")


@pytest.mark.parametrize("name", ["small", "typo3-chancenportal-empty", "typo3-chancenportal-filled"])
def test_a_dump_cut_off_anywhere_is_refused(name, tmp_path):
    path = (FIXTURES if name == "small" else SHARED) / f"{name}.sql"
    if not path.exists():
        pytest.skip(f"{path} is not at hand")
    content = path.read_bytes().rstrip()
    end = content.rfind(b"-- Dump completed") + 17 if b"-- Dump completed" in content else len(content)
    for cut in [*random.Random(2).sample(range(end), 20), end - 1]:
        with pytest.raises(DumpError):
            Dump(written(tmp_path, content[:cut]))


def test_bytes_that_are_not_the_declared_charset_are_refused_with_their_line(tmp_path):
    text = small().encode().replace("Süd".encode(), "Süd".encode("latin1"))
    line = text[: text.index("Süd".encode("latin1"))].count(b"\n") + 1

    with pytest.raises(DumpError, match=rf"{line}\b.*tx_chancenportal_domain_model_district"):
        Dump(written(tmp_path, text))


def test_text_garbled_by_a_wrong_charset_is_refused_with_advice(tmp_path):
    twice = small().replace(" 🎈", "").encode().decode("cp1252", "replace").encode()
    with pytest.raises(DumpError, match="latin1"):
        Dump(written(tmp_path, twice))


def test_utf8_declared_as_latin1_is_refused(tmp_path):
    with pytest.raises(DumpError, match="latin1"):
        Dump(written(tmp_path, small().replace(" 🎈", "").replace("SET NAMES utf8", "SET NAMES latin1")))


def test_an_unknown_charset_is_refused(tmp_path):
    with pytest.raises(DumpError, match="gbk"):
        Dump(written(tmp_path, small().replace("SET NAMES utf8", "SET NAMES gbk")))


def test_a_row_with_too_few_values_is_refused_with_its_line(tmp_path):
    text = small().replace("(2,'Nord',0)", "(2,'Nord')")
    line = text[: text.index("(2,'Nord')")].count("\n") + 1
    with pytest.raises(DumpError, match=str(line)):
        list(Dump(written(tmp_path, text)).rows("tx_chancenportal_domain_model_district"))


def test_an_insert_in_a_form_no_dump_tool_writes_is_refused_rather_than_lost(tmp_path):
    text = small().replace("(2,'Nord',0)", "(2,CONCAT('No','rd'),0)")
    with pytest.raises(DumpError):
        Dump(written(tmp_path, text))
    text = small().replace(
        "INSERT INTO `pages` VALUES (1,'Chancenportal'),(2,'Angebote')", "INSERT INTO `pages` SELECT 1, 2"
    )
    with pytest.raises(DumpError):
        Dump(written(tmp_path, text))


def test_the_shipped_dumps_are_read_completely():
    path = SHARED / "typo3-chancenportal-filled.sql"
    if not path.exists():
        pytest.skip("the shared dump is not at hand")
    dump = Dump(path)

    for name, table in dump.tables.items():
        assert sum(1 for _row in dump.rows(name)) == table.rows, name
    assert dump.tables[OFFER].rows == 160
