"""Requests, the pieces that answer them, who approves each one, and when it is due."""
