"""Tokens that open the API of one host, and go nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wires.http.policy import Target


@dataclass(frozen=True, slots=True)
class BearerToken:
    """A secret. Neither repr nor str shows it: what is logged and what a trace shows has none."""

    value: str = field(repr=False)

    def __str__(self) -> str:
        return repr(self)


type Tokens = Mapping[str, BearerToken]


def authorization(tokens: Tokens, target: Target) -> dict[str, str]:
    """Return the header for an address: only for a host with a token, and only encrypted.

    A trusted host is known by host:port, and may do without encryption.
    """
    if target.is_trusted:
        token = tokens.get(f"{target.host}:{target.port}")
    else:
        token = tokens.get(target.host) if _is_encrypted(target) else None
    return {"Authorization": f"Bearer {token.value}"} if token else {}


def _is_encrypted(target: Target) -> bool:
    return target.url.lower().startswith("https://") and target.port == 443
