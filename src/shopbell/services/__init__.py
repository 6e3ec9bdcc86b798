"""What a shop can do: one async method per job. Must not decide, print, or speak SQL or HTTP."""
