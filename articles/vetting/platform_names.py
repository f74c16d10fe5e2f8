"""What platforms are called in a text, as one expression: "Reuters said on X"."""

from wires.platforms import PLATFORMS

# Outlets post there too; their posts are not taken in.
_OTHERS = ("Facebook",)
PLATFORM_NAMES = "|".join((*(name for platform in PLATFORMS for name in platform.names), *_OTHERS))
