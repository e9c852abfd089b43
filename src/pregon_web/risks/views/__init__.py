"""The pages of the risk map and of its follow-up."""
