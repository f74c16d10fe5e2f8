"""The markets at the desk: instruments with their quotes, and the providers."""

from markets.admin import instruments, providers

__all__ = ["instruments", "providers"]
