"""Letters of compliance: what is likely to be wrong, told to each company once a period."""
