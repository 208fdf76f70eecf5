"""`make check` refuses migrations that lock for long or break the code of the release before, and says what to do."""

import pytest
from django.conf import settings as django_settings

import tools.migration_safety as safety
from tests.rollout.releases import package
from tools.migration_safety import SENTENCES, complaints, released, write_release

CHECK = 'models.CheckConstraint(condition=models.Q(count__gte=0), name="count_positive")'
FIELD = "migrations.AddField('dailysearch', 'note', {})"
TEXT = "models.CharField(max_length=9{})"
INTEGER = "models.IntegerField({})"
POSITIVE = "models.PositiveIntegerField(null=True)"


def alter(field: str, new: str) -> str:
    return f"migrations.AlterField('dailysearch', '{field}', {new})"


UNSAFE = [
    (FIELD.format(TEXT.format("")), "not_null"),
    (FIELD.format(TEXT.format(", default='x'")), "not_null"),
    (FIELD.format("models.UUIDField(db_default=models.Func(function='gen_random_uuid'))"), "volatile"),
    (
        FIELD.format(
            "models.GeneratedField(expression=models.F('count'), output_field=models.IntegerField(), db_persist=True)"
        ),
        "volatile",
    ),
    (FIELD.format(TEXT.format(", null=True, db_index=True")), "field_index"),
    (FIELD.format(TEXT.format(", null=True, unique=True")), "field_index"),
    (FIELD.format("models.ForeignKey('usage.dailyofferview', models.CASCADE, null=True)"), "foreign_key"),
    (alter("count", "models.BigIntegerField()"), "type"),
    (alter("term", "models.CharField(max_length=50)"), "type"),
    (
        f"{FIELD.format(INTEGER.format('null=True'))}, {alter('note', POSITIVE)}",
        "check",
    ),
    (alter("term", "models.CharField(max_length=200, db_collation='C')"), "type"),
    (alter("term", "models.CharField(max_length=200, db_index=True)"), "field_index"),
    (alter("term", "models.CharField(max_length=200, db_column='word')"), "rename"),
    (f"{FIELD.format(INTEGER.format('null=True'))}, {alter('note', INTEGER.format(''))}", "set_not_null"),
    (f"{FIELD.format(INTEGER.format('db_default=1'))}, {alter('note', INTEGER.format(''))}", "db_default"),
    ("migrations.AddIndex('dailysearch', models.Index(fields=['term'], name='search_term'))", "index"),
    (f"migrations.AddConstraint('dailysearch', {CHECK})", "check"),
    (
        "migrations.AddConstraint('dailysearch', models.UniqueConstraint(fields=['term'], name='term_once'))",
        "unique",
    ),
    ("migrations.AlterUniqueTogether('dailysearch', {('term', 'count')})", "unique"),
    (
        "__import__('django.contrib.postgres.operations').contrib.postgres.operations.AddConstraintNotValid("
        f"'dailysearch', {CHECK}), __import__('django.contrib.postgres.operations').contrib.postgres.operations"
        ".ValidateConstraint('dailysearch', 'count_positive')",
        "same_migration",
    ),
    ("migrations.RenameField('dailysearch', 'term', 'word')", "rename"),
    ("migrations.RenameModel('DailySearch', 'Searches')", "rename"),
    ("migrations.AlterModelTable('dailysearch', 'searches')", "rename"),
    ("migrations.RemoveField('dailysearch', 'count')", "remove"),
    ("migrations.DeleteModel('DailySearch')", "remove"),
    ("migrations.RunSQL('UPDATE usage_dailysearch SET count = 1')", "sql"),
    (
        "migrations.SeparateDatabaseAndState(database_operations=[migrations.RunSQL('VACUUM')])",
        "sql",
    ),
    (f"{FIELD.format(INTEGER.format('null=True'))}, migrations.RunPython(print)", "python"),
    ("migrations.RunPython(print, atomic=False)", "python_atomic"),
]
SAFE = [
    FIELD.format(TEXT.format(", null=True")),
    FIELD.format(TEXT.format(", db_default='x'")),
    FIELD.format("models.DateTimeField(db_default=models.functions.Now())"),
    FIELD.format("models.ManyToManyField('usage.dailyofferview')"),
    FIELD.format(
        "models.ForeignKey('usage.dailyofferview', models.CASCADE, null=True, db_constraint=False, db_index=False)"
    ),
    alter("term", "models.CharField(max_length=300)"),
    alter("term", "models.TextField()"),
    alter("term", "models.CharField('Wort', max_length=200, help_text='x', default='y')"),
    alter("count", "models.PositiveIntegerField(null=True)"),
    "migrations.RemoveConstraint('dailysearch', 'daily_search_once')",
    "migrations.AlterModelOptions('dailysearch', {'ordering': ['day']})",
    "migrations.RunPython(print)",
    "migrations.RunSQL('SELECT 1', hints={'reviewed': 'Reads one row.'})",
    "watch('usage_dailysearch')",
    "atomic = False|AddIndexConcurrently('dailysearch', models.Index(fields=['term'], name='search_term'))",
    "__import__('django.contrib.postgres.operations').contrib.postgres.operations.AddConstraintNotValid("
    f"'dailysearch', {CHECK})",
    # Nobody has this table yet: everything may be done to it.
    "migrations.CreateModel('New', [('id', models.BigAutoField(primary_key=True)), ('n', models.IntegerField())]), "
    "migrations.AddIndex('new', models.Index(fields=['n'], name='new_n')), migrations.RunPython(print), "
    "migrations.AlterField('new', 'n', models.TextField()), migrations.RemoveField('new', 'n')",
]


@pytest.fixture
def said(settings, tmp_path, monkeypatch):
    """What the check says of a release with these migrations; restored paths afterwards."""
    monkeypatch.syspath_prepend(tmp_path)

    def of(*texts: str) -> list[str]:
        names = {f"00{number:02}_new": text for number, text in enumerate(texts, 50)}
        settings.MIGRATION_MODULES = {"usage": package(tmp_path, "usage", names)}
        return [line for line in complaints() if line.startswith("usage.")]

    return of


@pytest.mark.parametrize(("text", "key"), UNSAFE)
def test_an_unsafe_operation_is_refused_with_the_way_in_two_releases(said, text, key):
    lines = said(text)
    assert len(lines) == 1, lines
    assert lines[0].startswith("usage.0050_new: “")
    assert SENTENCES[key] in lines[0]


@pytest.mark.parametrize("text", SAFE)
def test_a_safe_operation_passes(said, text):
    assert said(text) == []


def test_what_an_earlier_release_stopped_using_may_go(said):
    text = "removed_since = '0.1.0'|migrations.RemoveField('dailysearch', 'count')"
    assert SENTENCES["still_wanted"] in said(text)[0]
    assert said(alter("count", "models.PositiveIntegerField(null=True)"), text) == []
    assert said("removed_since = '0.1.0'|migrations.DeleteModel('DailySearch')") == []
    assert SENTENCES["remove"] in said("removed_since = '9.9.9'|migrations.DeleteModel('DailySearch')")[0]


def test_constraints_are_validated_in_a_later_migration(said):
    both = UNSAFE[[key for _text, key in UNSAFE].index("same_migration")][0]
    add, validate = both.split(", __import__", 1)
    assert said(add, f"__import__{validate}") == []


def test_the_migrations_of_this_release_are_safe():
    assert complaints() == []


def test_a_release_notes_its_migrations_once(tmp_path, monkeypatch):
    monkeypatch.setattr(safety, "RELEASED", tmp_path / "released.txt")
    write_release("1.0.0")
    first = (tmp_path / "released.txt").read_text()
    write_release("1.0.0")
    assert (tmp_path / "released.txt").read_text() == first
    write_release("1.1.0")
    versions, known = released()
    assert versions == {"1.0.0", "1.1.0"}
    assert {"usage.0001_initial", "tenants.0004_rollouts"} <= known
    assert (tmp_path / "released.txt").read_text() == f"{first}release 1.1.0\n"
    assert django_settings.BASE_DIR.name
