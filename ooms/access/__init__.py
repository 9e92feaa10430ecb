"""Who may do what: users, sessions, roles and the table of rights."""
