"""Side-by-side measurements. Ratios in one run, because machines differ and are noisy."""
