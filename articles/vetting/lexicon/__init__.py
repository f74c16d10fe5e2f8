"""What the checks know of the world outside the archive: data alone, one module a subject."""
