"""Files of the platforms that people bring: what each is, what it would change, and the change, which can be undone."""
