"""The wire at the desk: posts, channels, outlets."""

from wires.admin import channels, posts

__all__ = ["channels", "posts"]
