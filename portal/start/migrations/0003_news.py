"""News may stand on the start page, once.

Both rules are made anew in one moment: the table has about a dozen rows. Only this release writes the new kind, so the
one before it never meets a section it does not know.
"""

from django.db import migrations, models

KINDS = ("hero", "topics", "news", "events", "coming", "new", "ages", "tiles", "providers", "letters", "notice",
         "emergency", "partner")  # fmt: skip
ONCE = ("hero", "topics", "news", "events", "coming", "new", "providers", "letters")
REVIEWED = "A dozen rows, read in less than a millisecond; what the release before writes keeps both rules."


def _listed(kinds: tuple[str, ...]) -> str:
    return ", ".join(f"'{kind}'" for kind in kinds)


class Migration(migrations.Migration):
    dependencies = [("start", "0002_usual_start_page")]

    operations = [
        migrations.RunSQL(
            [
                "ALTER TABLE start_section DROP CONSTRAINT start_section_kind_known",
                f"ALTER TABLE start_section ADD CONSTRAINT start_section_kind_known CHECK (kind IN ({_listed(KINDS)}))",
            ],
            hints={"reviewed": REVIEWED},
            state_operations=[
                migrations.RemoveConstraint("section", "start_section_kind_known"),
                migrations.AddConstraint(
                    "section",
                    models.CheckConstraint(name="start_section_kind_known", condition=models.Q(kind__in=KINDS)),
                ),
            ],
        ),
        migrations.RunSQL(
            [
                "DROP INDEX start_section_once",
                f"CREATE UNIQUE INDEX start_section_once ON start_section (kind) WHERE kind IN ({_listed(ONCE)})",
            ],
            hints={"reviewed": REVIEWED},
            state_operations=[
                migrations.RemoveConstraint("section", "start_section_once"),
                migrations.AddConstraint(
                    "section",
                    models.UniqueConstraint(
                        fields=("kind",),
                        condition=models.Q(kind__in=ONCE),
                        name="start_section_once",
                        violation_error_message="The start page already has a section of this kind.",
                    ),
                ),
            ],
        ),
        migrations.AlterField(
            "section",
            "kind",
            models.CharField(
                choices=[("hero", "welcome with search"), ("topics", "topics"), ("news", "news"),
                         ("events", "the next days"), ("coming", "offers coming up next"), ("new", "newest offers"),
                         ("ages", "ages of life"), ("tiles", "own tiles with picture"), ("providers", "providers"),
                         ("letters", "from A to Z"), ("notice", "important notice"),
                         ("emergency", "help in an emergency"), ("partner", "about us or a partner")],
                max_length=10,
                verbose_name="kind",
            ),
        ),
    ]  # fmt: skip
