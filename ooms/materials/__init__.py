"""Materials kept in stock: lots received, what was taken, and the method that tells units apart."""
