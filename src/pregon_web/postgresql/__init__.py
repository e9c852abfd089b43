"""PostgreSQL as this house uses it: every session knows whose rows it may touch."""
