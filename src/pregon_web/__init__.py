"""The office: the web rooms of Pregón, over the pure library `pregon`."""
