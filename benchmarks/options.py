"""What every benchmark says of itself when asked with --help."""

import argparse


def parser(doc: str | None) -> argparse.ArgumentParser:
    """Return a parser that prints the module's docstring as it stands."""
    return argparse.ArgumentParser(
        description=doc, formatter_class=argparse.RawDescriptionHelpFormatter
    )
