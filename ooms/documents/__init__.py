"""The desk of documents: certificates on paper, sealed, and read again by whoever holds them."""
