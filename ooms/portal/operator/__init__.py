"""The pages of those who keep the exchange and the system going, and who audit it."""
