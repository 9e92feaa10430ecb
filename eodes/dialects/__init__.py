"""How a canonical certificate is spelled towards a partner: one mapping a dialect, one engine."""
