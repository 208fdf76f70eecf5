"""The database keeps what the nightly job kept for a release: an image's file is in the library.

Statement by statement: the key without looking at the rows (a catalogue change), then the look at them (others read and
write meanwhile). Killed half-way, it begins anew.
"""

import django.db.models.deletion
from django.db import migrations, models

STEPS = [
    "DROP INDEX CONCURRENTLY IF EXISTS providers_providerimage_media_id",
    "CREATE INDEX CONCURRENTLY providers_providerimage_media_id ON providers_providerimage (media_id)",
    # Pages read the name of the file, not the key: such a row goes on showing what it shows.
    "UPDATE providers_providerimage SET media_id = NULL WHERE media_id IS NOT NULL "
    "AND NOT EXISTS (SELECT FROM media_mediafile m WHERE m.id = media_id)",
    "ALTER TABLE providers_providerimage DROP CONSTRAINT IF EXISTS providers_providerimage_media_id_fk",
    "ALTER TABLE providers_providerimage ADD CONSTRAINT providers_providerimage_media_id_fk FOREIGN KEY (media_id) "
    "REFERENCES media_mediafile (id) DEFERRABLE INITIALLY DEFERRED NOT VALID",
    "ALTER TABLE providers_providerimage VALIDATE CONSTRAINT providers_providerimage_media_id_fk",
]
REVIEWED = (
    "The key as NOT VALID, then validated, the index concurrently; the release before takes files from the library "
    "alone and deletes none that an image names."
)
FIELD = models.ForeignKey(
    blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="media.mediafile"
)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("media", "0001_initial"), ("providers", "0007_editing_validated")]

    operations = [
        *(migrations.RunSQL(step, hints={"reviewed": REVIEWED}) for step in STEPS[:-1]),
        migrations.RunSQL(
            STEPS[-1],
            hints={"reviewed": REVIEWED},
            state_operations=[migrations.AlterField("providerimage", "media", FIELD)],
        ),
    ]
