"""Shopbell: polite texts from a small shop. Must stay empty of imports; start-up time is a feature."""

__version__ = "0.1.0"
