"""Accounts at the desk: people, groups, and the log of what was done to them."""

from accounts.admin import groups, log, people

__all__ = ["groups", "log", "people"]
