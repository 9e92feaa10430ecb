"""The desk that tells issuing authorities why preference was denied, and hears them explain."""
