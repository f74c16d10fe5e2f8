"""The articles at the desk: writing, pictures, and the records of what was published."""

from articles.admin import pictures, records, writing

__all__ = ["pictures", "records", "writing"]
