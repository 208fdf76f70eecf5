"""What a search weighs stays within the row, unpacked: reading it elsewhere and unpacking it, several times for each of
thousands of offers, was three quarters of a search for a common word. The worker writes older documents anew.
"""

from django.db import migrations

REVIEWED = "Changes the catalogue alone; the release before reads and writes such rows as ever."


class Migration(migrations.Migration):
    dependencies = [("offers", "0018_counted_index")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE offers_searchdocument ALTER COLUMN title_vector SET STORAGE MAIN",
            migrations.RunSQL.noop,
            hints={"reviewed": REVIEWED},
        ),
    ]
