"""The application: routes of all desks, public pages, problems."""
