"""Commands that were renamed: manage.py tells whoever types the old name what to type instead."""

# Old name → new name.
RENAMED = {"blast_radius": "usage"}
