"""The admin for articles: writing, pictures and the record of what was published."""

from articles.admin import act_log, pictures, records, site_pages, writing

__all__ = ["act_log", "pictures", "records", "site_pages", "writing"]
