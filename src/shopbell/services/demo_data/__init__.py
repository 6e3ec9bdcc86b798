"""Files the demonstration reads. All people are invented, all numbers are kept for fiction."""
