"""What is true about polite texting: records and pure functions.

Must not touch files, sockets, the clock, randomness or logs: everything comes in as arguments.
"""
