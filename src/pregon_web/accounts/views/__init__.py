"""Pages of the accounts: signing in, the people of an institution, its offices, what it asks of them."""
