"""What the project asks about a platform: the one literal of each folder answers all of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from wires.platforms.addresses import Address, Permalink
from wires.platforms.lookups import Lookup
from wires.platforms.questions import Questions


@dataclass(frozen=True, slots=True, kw_only=True)
class IdClock:
    """The clock inside the ids of a platform.

    read          when an id was made, in UTC; None for an id that does not say
    make          an id that could have been made at a moment; the number keeps two of one apart
    is_trusted    whether only the platform can set it: neither a client nor the owner of a server
    editable_for  how long after the first one an edit of a post may get an id of its own
    """

    read: Callable[[str], datetime | None]
    make: Callable[[datetime, int], str]
    is_trusted: bool = False
    editable_for: timedelta = timedelta()


def name_with_at(account: str) -> str:
    return f"@{account}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Platform:
    """A kind of place that outlets post at.

    code            stored with each channel, at most 32 characters; never change it
    label           what readers and editors see
    formats         further names of the documents it is read from, in Document.kind and in cases
    adapter         dotted path of the module that reads its documents; "" where it is not polled
    read_permalink  its address grammar; None where any page may be a post and there are no accounts
    takes_any_host  whether the grammar goes by the path alone: only with the time in the id is it
                    certain, and such a platform comes last in the list
    named_account   the account that a text names without a web address, such as “@name”; "" for none
    account_at      the account whose page another client shows at an address; "" for none
    account_name    how readers know an account
    account_url     the public page of an account
    post_url        the address of a post, by account and number
    page_with_post  a public page with the post of an account and number on it, read when somebody
                    pastes its link; None where no page has it
    questions       how it is asked where that takes several steps; None where a channel is read at
                    its address
    lookup          how it is asked whether posts are still there; only with questions
    is_billed       whether each post read costs money, so that a channel needs a limit
    oldest_first    whether its documents begin with the oldest post
    ids_are_stable  False where publishers reuse and rewrite the ids of their posts
    numbers_are_global  whether an account's number is nobody else's on the whole platform
    follows_names   whether an account may change its name, which its channel then takes over
    ids_are_unique  whether a server gives a number once, so that two accounts cannot share it
    id_clock        the clock inside its ids
    patience        pause between two requests to a domain, where a second is too short
    names           what it is called in a text: "Reuters said on X"
    """

    code: str
    label: str
    formats: tuple[str, ...] = ()
    adapter: str = ""
    read_permalink: Callable[[Address], Permalink | None] | None = None
    takes_any_host: bool = False
    named_account: Callable[[str], str] | None = None
    account_at: Callable[[Address], str] | None = None
    account_name: Callable[[str], str] = name_with_at
    account_url: Callable[[str], str] | None = None
    post_url: Callable[[str, str], str] | None = None
    page_with_post: Callable[[str, str], str] | None = None
    questions: Questions | None = None
    lookup: Lookup | None = None
    is_billed: bool = False
    oldest_first: bool = False
    ids_are_stable: bool = True
    numbers_are_global: bool = False
    follows_names: bool = False
    ids_are_unique: bool = False
    id_clock: IdClock | None = None
    patience: Mapping[str, timedelta] = field(default_factory=dict)
    names: tuple[str, ...] = ()

    @property
    def can_be_polled(self) -> bool:
        return bool(self.adapter)

    @property
    def fetches_posts(self) -> bool:
        """Return whether a link alone is enough to add one of its posts."""
        return bool(self.page_with_post or self.questions)

    @property
    def has_accounts(self) -> bool:
        return self.read_permalink is not None

    @property
    def after_outlet(self) -> str:
        """What follows the name of an outlet: " on Telegram", but nothing for a feed of its own."""
        return f" on {self.label}" if self.has_accounts else ""
