"""Pictures that are there already become rows of the library; their files stay where they are.

What the release before adds until the new processes start, the nightly job of the library takes in the same way.
"""

from django.db import migrations

ADOPT = """
INSERT INTO media_mediafile (owner_id, file, alt_text, copyright, permission, width, height, bytes, sha256, created_at)
SELECT found.provider_id, found.image, found.alt_text, found.copyright, '', found.width, found.height, 0, '', now()
FROM (
    SELECT DISTINCT ON (i.image) i.provider_id, i.image, i.alt_text, i.copyright, i.width, i.height, i.id
    FROM providers_providerimage i
    WHERE i.media_id IS NULL AND i.image <> ''
    ORDER BY i.image, i.id
) AS found
ON CONFLICT (file) DO NOTHING;
UPDATE providers_providerimage SET media_id = m.id FROM media_mediafile m
WHERE providers_providerimage.media_id IS NULL AND m.file = providers_providerimage.image;
"""


class Migration(migrations.Migration):
    dependencies = [("media", "0001_initial"), ("providers", "0005_editing")]

    operations = [
        migrations.RunSQL(
            ADOPT,
            migrations.RunSQL.noop,
            hints={"reviewed": "Locks the rows of pictures for a moment; the code before reads no new column."},
        )
    ]
