"""Applications for certificates, from draft to decision."""
