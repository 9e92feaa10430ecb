"""Who may sign for whom, as of an instant."""
