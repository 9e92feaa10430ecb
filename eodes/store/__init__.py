"""The only SQLAlchemy of the gateway: rows, and the questions asked of them."""
