from django.db import migrations, models

ONCE = """
ALTER TABLE mail_mailtext DROP CONSTRAINT mail_mailtext_key_key;
ALTER TABLE mail_mailtext ADD CONSTRAINT mail_text_once UNIQUE (key, language);
DROP INDEX IF EXISTS mail_mailtext_key_29a41fe5_like;
"""


class Migration(migrations.Migration):
    """Each mail says of which kind it is, has HTML and may come back; texts are worded in each language."""

    dependencies = [("mail", "0005_given_up")]

    operations = [
        migrations.CreateModel(
            name="Unreachable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.EmailField(max_length=254, unique=True, verbose_name="address")),
                ("since", models.DateTimeField(auto_now_add=True, verbose_name="since")),
                ("said", models.CharField(blank=True, max_length=500, verbose_name="what the mail server said")),
                (
                    "held_back",
                    models.PositiveIntegerField(db_default=0, default=0, verbose_name="reminders held back"),
                ),
            ],
            options={
                "verbose_name": "address that cannot be reached",
                "verbose_name_plural": "addresses that cannot be reached",
                "ordering": ("-since", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="MailChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60, unique=True, verbose_name="kind of mail")),
                ("wanted", models.BooleanField(verbose_name="goes out")),
            ],
            options={
                "verbose_name": "choice of a kind of mail",
                "verbose_name_plural": "choices of kinds of mail",
                "ordering": ("key",),
            },
        ),
        migrations.AlterModelOptions(
            name="mailtext",
            options={
                "ordering": ("key", "language"),
                "verbose_name": "mail text",
                "verbose_name_plural": "mail texts",
            },
        ),
        migrations.AddField(
            model_name="mailtext",
            name="language",
            field=models.CharField(db_default="de", default="de", max_length=10, verbose_name="language"),
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="bounce",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=500, verbose_name="why it came back"
            ),
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="bounced_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="came back"),
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="html",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                help_text="Without the frame, which the mail gets when it leaves.",
                verbose_name="text as HTML",
            ),
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="kind",
            field=models.CharField(blank=True, db_default="", default="", max_length=60, verbose_name="kind of mail"),
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="language",
            field=models.CharField(db_default="de", default="de", max_length=10, verbose_name="language"),
        ),
        migrations.RunSQL(
            ONCE,
            migrations.RunSQL.noop,
            state_operations=[
                migrations.AlterField(
                    model_name="mailtext",
                    name="key",
                    field=models.CharField(max_length=60, verbose_name="kind of mail"),
                ),
                migrations.AddConstraint(
                    model_name="mailtext",
                    constraint=models.UniqueConstraint(fields=("key", "language"), name="mail_text_once"),
                ),
            ],
            hints={"reviewed": "A table of some dozen rows; the code before writes one row a key in German."},
        ),
    ]
