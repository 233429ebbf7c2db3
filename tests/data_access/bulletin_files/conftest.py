"""The figures and particulars of the small board."""

from tests.rules.bulletins.conftest import figures, particulars

__all__ = ["figures", "particulars"]
