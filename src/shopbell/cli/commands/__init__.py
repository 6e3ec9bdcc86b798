"""The commands by subject. Each module is imported when one of its commands is run."""
