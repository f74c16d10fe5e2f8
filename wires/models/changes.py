"""The counters of wires.generations where several hosts share no directory."""

from django.db import models
from django.db.models import F


class ChangeCount(models.Model):
    """The one row that says, to other hosts, that pages, the wire or the quotes changed."""

    pages = models.BigIntegerField(default=0)
    wire = models.BigIntegerField(default=0)
    quotes = models.BigIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.pages}, {self.wire}, {self.quotes}"

    @classmethod
    def raise_one(cls, name: str) -> None:
        """Raise one of the counters. Two queries, three the first time of all."""
        row, _ = cls.objects.get_or_create(pk=1)
        cls.objects.filter(pk=row.pk).update(**{name: F(name) + 1})

    @classmethod
    def read_all(cls) -> dict[str, int]:
        """Return the counters by name. One query."""
        return cls.objects.filter(pk=1).values("pages", "wire", "quotes").first() or {}
