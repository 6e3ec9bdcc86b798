"""The encrypted file: one thread, typed queries; the only package that says SQL."""
