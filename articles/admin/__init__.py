"""The admin for articles: writing, pictures and the record of what was published."""

from articles.admin import pictures, records, writing

__all__ = ["pictures", "records", "writing"]
