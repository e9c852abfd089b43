"""The risk map, its follow-up in each quarter, and what the records themselves say of each risk."""
