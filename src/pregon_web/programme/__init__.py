"""What was planned and done: campaigns, commemorations and events."""
