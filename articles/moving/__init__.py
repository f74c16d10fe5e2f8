"""Articles out of the site and in again, with all that they rest on."""

from articles.moving.exporting import Exported, write_export
from articles.moving.importing import Imported, read_export
from articles.moving.refusals import BadExport

__all__ = ["BadExport", "Exported", "Imported", "read_export", "write_export"]
