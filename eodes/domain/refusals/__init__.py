"""The catalogue of refusal codes: what each means, who mends it, and what to do next."""
