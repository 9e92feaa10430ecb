"""Making a node and its card, and trusting the node of a partner by its card."""
