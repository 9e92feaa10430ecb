"""The gateway: signs, checks, exchanges and reconciles certificates of origin with partners."""
