"""Verbs that the office adds to `pregon`, found by the entry-point group `pregon.commands`."""
