"""On-site checks of applicants: scheduled with notice, postponed, reported."""
