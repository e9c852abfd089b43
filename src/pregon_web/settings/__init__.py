"""Settings: `base` for a laptop, `production` for a server. Both read the environment and nothing else."""
