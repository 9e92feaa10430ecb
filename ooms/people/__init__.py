"""The people of the office: who has an account, in which role, and how he logs in."""
