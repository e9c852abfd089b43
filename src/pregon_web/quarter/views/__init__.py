"""The pages of a quarter: at a glance, and its closing."""
