"""Query plans of either supported database."""

import re
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Plan:
    text: str

    def __contains__(self, words):
        return words in self.text

    def reads_whole(self, model):
        """Return whether the plan scans the model's whole table."""
        table = model._meta.db_table
        # PostgreSQL says "Seq Scan on t"; SQLite says "SCAN t" without "USING INDEX" after it.
        alias = rf"(?:{table}|U\d+|T\d+)"
        return bool(
            re.search(rf"Seq Scan on {table}\b", self.text)
            or re.search(rf"SCAN {table}(?! USING)\b", self.text)
            or (connection.vendor == "sqlite" and re.search(rf"^SCAN {alias}$", self.text, re.M))
        )


def plan_of(rows, *, unsorted=False):
    """Return the plan of a queryset; on PostgreSQL as for tables too large to scan.

    `unsorted`: as for so many rows, too, that an index is better read in order than sorted.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"SET LOCAL enable_sort = {'off' if unsorted else 'on'}")
    text = rows.explain()
    return Plan(text)
