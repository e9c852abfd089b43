"""The pages of the ledger: one file a kind of record."""
