"""The sources: one file each, found by `pregon.importers.registry`. No source imports another."""
