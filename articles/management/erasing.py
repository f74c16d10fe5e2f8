"""What both commands of legal erasure share: where the words stand, in lines, and who erases."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from accounts.redis_sessions import SessionsAway
from articles.erasure import NothingToErase, PostInspection, VersionInspection
from articles.erasure.printed import Printed
from articles.models import Erasure
from articles.publishing import Refused
from wires.management.outage import no_database

type Inspect = Callable[[Any], PostInspection | VersionInspection]

ERASED, INCOMPLETE, REFUSED = 0, 1, 2
PHRASES = 3
WITHDRAWS = "Readers see this version now: erasing it withdraws the article."


class EraseCommand(BaseCommand):
    """Show where the words of a row stand and, with a reason, erase them."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reason", help="who asked for it, with reference and date")
        parser.add_argument("--by", metavar="USERNAME", help="who erases; else the operator")

    def erase(
        self,
        find: Callable[[], Any],
        inspect: Inspect,
        act: Callable[..., Erasure],
        *,
        reason: str | None,
        by: str | None,
    ) -> None:
        """Find the row, show it, and erase it if there is a reason. Raises CommandError."""
        try:
            row = find()
            for line in lines_of(inspect(row)):
                self.stdout.write(line)
            if reason is None:
                self.stdout.write("Nothing is erased yet: say why with --reason.")
                return
            made = act(row, reason=reason, by=find_person(by), at=timezone.now())
            status, last = outcome_of(made)
        except (Refused, NothingToErase) as refused:
            raise CommandError(str(refused), returncode=REFUSED) from refused
        except DatabaseError as error:
            raise no_database(error) from error
        except SessionsAway as error:
            raise CommandError(str(error)) from error
        self.stdout.write(last)
        if status:
            raise SystemExit(status)


def lines_of(found: PostInspection | VersionInspection) -> Iterator[str]:
    """Yield where the words stand: what an erasure empties, and what our own texts print."""
    yield "Emptied by an erasure:"
    yield from (f"  {step.name}: {step.rows}" for step in found.steps)
    yield "Printed by our own texts:" if found.printed else "Printed by none of our own texts."
    yield from map(_line_of, found.printed)
    if isinstance(found, VersionInspection) and found.is_live:
        yield WITHDRAWS


def _line_of(one: Printed) -> str:
    which = f"version {one.version.n}" if one.version else "working copy"
    live = ", live" if one.is_live else ""
    phrases = ", ".join(f"“{phrase}”" for phrase in one.phrases[:PHRASES])
    return f"  article {one.article.pk}, {which}{live}: {phrases}"


def outcome_of(erasure: Erasure) -> tuple[int, str]:
    """Return the exit status of a command that erased, and its last line."""
    left = erasure.places.open().count()
    if not left:
        return ERASED, f"{erasure.subject} is erased."
    return INCOMPLETE, (
        f"{erasure.subject} is erased, and not complete: decide about the {left} listed above,"
        f" at /desk/erasures/{erasure.pk}/."
    )


def find_person(username: str | None) -> User | None:
    """Return the user who erases, None for the operator. Raises CommandError."""
    if username is None:
        return None
    person = User.objects.filter(username=username).first()
    if person is None:
        message = f"Nobody at the desk is called {username}."
        raise CommandError(message, returncode=REFUSED)
    return person
