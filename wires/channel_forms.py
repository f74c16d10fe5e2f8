"""The form of a channel: an address in any form is enough, and a source has one channel."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import get_text_list

from desk.forms import PlainForm
from wires import platforms
from wires.known_sources import KnownSources, source_key_of
from wires.models import Channel, Outlet
from wires.platforms.opml import LARGEST, ListedSource, NotOpml, read_opml
from wires.platforms.sources import NoSource, TypedSource, read_source

ADDRESS_HELP = (
    "The address of a feed, or of an account in whatever app. The name of an account will do, as"
    " @desk@social.example; choose its platform where the name alone does not tell."
)


class ChannelForm(PlainForm):
    """A channel. Platforms that cannot be polled are offered apart, for posts that are pasted."""

    outlet_name = forms.CharField(
        label="Outlet by name",
        required=False,
        max_length=120,
        help_text="Of an outlet that is there, or of a new one. Or choose it below.",
    )
    start = forms.BooleanField(
        label="Start polling at once", required=False, initial=True, help_text="Else it is paused."
    )
    # What a test of the address has found: the account, and the number that is kept of it.
    tested: tuple[str, str] = ("", "")
    may_poll = True
    # What the form shows instead of what is stored, such as another feed that was chosen.
    filled: Mapping[str, str] = MappingProxyType({})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(self.filled)
        self._offer_platforms()
        self._offer_outlets()
        if "address" in self.fields:
            self.fields["address"].help_text = ADDRESS_HELP
            if not self.instance.pk:
                self.fields["address"].widget.attrs["autofocus"] = True
        origin = self.fields.get("origin")
        if not isinstance(origin, forms.ChoiceField):
            return
        polled = [each.label for each in platforms.PLATFORMS if _is_polled(each)]
        origin.help_text = " ".join(
            (f"Only {get_text_list(polled, 'and')} can be polled.", *_why_not_polled())
        )
        if self.instance.pk and not _is_polled(self.instance.on_platform):
            origin.choices = [
                choice for choice in Channel.Origin.choices if choice[0] != Channel.Origin.POLLED
            ]

    def _offer_outlets(self) -> None:
        """Take the name of an outlet for a new channel; one that is there chooses from the list."""
        if self.instance.pk:
            del self.fields["outlet_name"], self.fields["start"]
            return
        if isinstance(outlet := self.fields.get("outlet"), forms.ModelChoiceField):
            outlet.required = False
            # A plain list: one that a script fills is empty without it, and has no name.
            outlet.widget = forms.Select()
            outlet.queryset = Outlet.objects.order_by("name", "pk")
            outlet.help_text = ""
        if not self.may_poll:
            del self.fields["start"]

    def _offer_platforms(self) -> None:
        field = self.fields.get("platform")
        if not isinstance(field, forms.ChoiceField):
            return
        groups = (("Polled", True), ("By hand only: links are pasted", False))
        named = [
            (
                name,
                [
                    (each.code, each.label)
                    for each in platforms.PLATFORMS
                    if _is_polled(each) is is_polled
                ],
            )
            for name, is_polled in groups
        ]
        field.choices = [
            ("", "as the address says"),
            *((name, choices) for name, choices in named if choices),
        ]

    def clean(self) -> dict[str, Any]:
        """Take the platform and the account from what was entered as the address."""
        data = super().clean() or {}
        self._name_outlet(data)
        if data.get("origin") == Channel.Origin.FILE or not data.get("address"):
            return data
        try:
            source = read_source(data["address"], platform=data.get("platform", ""))
        except NoSource as error:
            self._refuse(data, error)
        else:
            self.errors.pop("platform", None)
            data |= self._fields_of(source, data)
        if data.get("platform") and data.get("address"):
            self._claim(data)
        return data

    def _name_outlet(self, data: dict[str, Any]) -> None:
        """Find the outlet that was named; one of a new name is saved with the channel. One query."""
        if self.instance.pk or "outlet" in self.errors or data.get("outlet"):
            return
        name = " ".join(data.get("outlet_name", "").split())
        if not name:
            self.add_error("outlet", "Enter the name of an outlet, or choose one.")
            return
        found = Outlet.objects.filter(name__iexact=name).order_by("pk").first()
        data["outlet"] = found or Outlet(name=name)

    def _get_validation_exclusions(self) -> set[str]:
        """Let the model pass an outlet that is saved with the channel, and has no key until then."""
        left_out: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # no stub
        outlet = self.cleaned_data.get("outlet")
        return left_out | ({"outlet"} if outlet and outlet.pk is None else set())

    def _refuse(self, data: dict[str, Any], error: NoSource) -> None:
        """Refuse what names no source, where it is to be polled or its platform is not known."""
        if "platform" in self.errors:
            self.errors.pop("platform")
            self.add_error("address", str(error))
        elif data.get("origin") == Channel.Origin.POLLED and not data.get("account"):
            self.add_error("address", str(error))

    def _fields_of(self, source: TypedSource, data: dict[str, Any]) -> dict[str, str]:
        """Return the fields that an entered source fills in.

        An account that was entered stands, but not one that was there before the address changed.
        """
        account = data.get("account", "")
        if account and "address" in self.changed_data and "account" not in self.changed_data:
            account = ""
        named = platforms.platform_of(source.platform).named_account
        if account and named is not None:
            account = named(account.strip()) or account
        return {
            "platform": source.platform,
            "address": source.address,
            "account": account or source.account,
        }

    def _claim(self, data: dict[str, Any]) -> None:
        """Refuse a second channel of one source, and note whose this one is. One query."""
        changed = {"platform", "address", "account"} & {*self.changed_data}
        channel = Channel(
            platform=data["platform"],
            address=data["address"],
            account=data.get("account", ""),
            origin=data.get("origin", ""),
            numeric_id=self._number_of(data.get("account", ""), is_other=bool(changed)),
        )
        known = KnownSources.read(platform=channel.platform, without=self.instance.pk)
        found = known.find(channel)
        if found is None:
            self.instance.source_key = source_key_of(channel)
        elif changed:
            # Two that are there already may be edited.
            self.add_error("address", same_source(found.pk, found.code))

    def _number_of(self, account: str, *, is_other: bool) -> str:
        """Return the number of an account as far as it is known."""
        if account and account == self.tested[0]:
            return self.tested[1]
        return "" if is_other else self.instance.numeric_id

    def tested_number(self) -> str:
        """Return the number that a test found of the account which is being saved; else ""."""
        return self._number_of(self.cleaned_data.get("account", ""), is_other=True)

    def clean_monthly_limit(self) -> int:
        """Return the limit; one that was left empty is the usual one."""
        limit: int | None = self.cleaned_data["monthly_limit"]
        usual: int = Channel._meta.get_field("monthly_limit").get_default()
        return usual if limit is None else limit


def _is_polled(platform: platforms.Platform) -> bool:
    return platform.can_be_polled and platform.code not in settings.PLATFORMS_OFF


def _why_not_polled() -> list[str]:
    """Say of each platform that could be polled why it is not."""
    return [
        f"{platforms.platform_of(code).label} is not offered: {why}."
        for code, why in settings.PLATFORMS_OFF.items()
    ]


def same_source(pk: int, code: str) -> str:
    """Return the message that leads to the channel which reads a source already."""
    address = reverse("admin:wires_channel_change", args=[pk])
    return format_html(
        '<a href="{}">{}</a> is the channel of this address or account already. Open that instead.',
        address,
        code,
    )


class ChannelListForm(forms.Form):
    """A file with channels."""

    file = forms.FileField(
        label="OPML file",
        widget=forms.FileInput(attrs={"accept": ".opml,.xml,text/x-opml,application/xml"}),
        help_text=(
            "As readers of feeds export it, at most 5 MB. Its folders are passed over: channels have"
            " no sections. The next page shows what would be added, before anything is."
        ),
    )

    def clean_file(self) -> list[ListedSource]:
        """Return the lines of the file."""
        upload = self.cleaned_data["file"]
        try:
            # One byte too many is enough to tell.
            return read_opml(upload.read(LARGEST + 1))
        except NotOpml as error:
            raise ValidationError(str(error)) from error
