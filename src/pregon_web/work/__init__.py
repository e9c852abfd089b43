"""Background work: tasks kept in the database, the worker that does them, and the reaper of those left halfway."""
