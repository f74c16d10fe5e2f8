"""Proportions with their confidence intervals, as printed in the tables."""

from math import sqrt

_Z = 1.96


def wilson(k: int, n: int) -> tuple[float, float, float]:
    """Return a proportion and its 95 % Wilson (1927) interval: (k / n, low, high)."""
    p = min(k / n, 1.0)
    middle, width = p + _Z**2 / (2 * n), _Z * sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
    low, high = ((middle + sign * width) / (1 + _Z**2 / n) for sign in (-1, 1))
    return p, max(0.0, low), min(1.0, high)


def shown(k: int, n: int) -> str:
    if not n:
        return "–"
    return "{:.3f} ({:.3f}-{:.3f})".format(*wilson(k, n))
