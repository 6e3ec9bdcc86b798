"""One module for each place and each dialog. They show and ask; they must never decide."""
