"""The invented office of Peñaclara: its people, its channels and what it did in three quarters."""
