"""What a certificate must meet on its form: one pure function per constraint, with its source."""
