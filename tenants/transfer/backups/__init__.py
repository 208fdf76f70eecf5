"""Backups of the whole platform and of one municipality, how long they are kept, and rehearsals of restoring them.

Each backup is a folder below `settings.BACKUP_DIR/cluster`, named after the moment it began:
`data/` (pg_basebackup, whole or only what changed since the parent), `media/` (all files; what did not change is the
same file as in the backup before), `backup.json` (what it is; written last). A backup of one municipality is an export,
`single/SLUG/MOMENT.zip`. The table `Backup` is the record for people; what can be restored is what lies in the folders.
"""
