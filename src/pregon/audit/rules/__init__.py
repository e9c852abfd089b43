"""The rules, one file each, found by `pregon.audit.registry`."""
