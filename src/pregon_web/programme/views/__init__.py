"""The pages of the programme: one file a kind of record."""
