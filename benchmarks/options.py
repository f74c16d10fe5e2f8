"""What every benchmark says of itself when asked with --help."""

import argparse
import sys


def parser(doc: str | None) -> argparse.ArgumentParser:
    """Return a parser that prints the docstring of the module that is run as it stands."""
    spec = sys.modules["__main__"].__spec__
    return argparse.ArgumentParser(
        prog=f"python -m {spec.name}" if spec else None,
        description=doc,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
