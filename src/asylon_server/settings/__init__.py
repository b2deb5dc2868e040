"""Settings of the system: what all deployments share, and what each database adds."""
