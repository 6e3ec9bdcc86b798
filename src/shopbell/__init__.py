"""Shopbell: polite texts from a small shop. Must stay empty of imports, for a quick start."""

__version__ = "0.1.0"
