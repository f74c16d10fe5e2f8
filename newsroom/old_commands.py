"""Commands that were renamed: manage.py answers an old name with the new one."""

# Old name → new name.
RENAMED = {"blast_radius": "usage"}
