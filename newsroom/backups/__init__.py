"""The site in one file: its database and its pictures, with a sum of each, and back again.

Making one needs the tables of no release and stops nobody from working. Restoring one goes into
an empty place only.
"""

from newsroom.backups.archive import BadBackup
from newsroom.backups.databases import NoDump
from newsroom.backups.encryption import BadKey
from newsroom.backups.making import MadeBackup, NotWritten, make_backup
from newsroom.backups.restoring import NotEmpty, Restored, check_backup, restore_backup

__all__ = [
    "BadBackup",
    "BadKey",
    "MadeBackup",
    "NoDump",
    "NotEmpty",
    "NotWritten",
    "Restored",
    "check_backup",
    "make_backup",
    "restore_backup",
]
