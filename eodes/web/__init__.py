"""The only FastAPI of the gateway: what partners call, and what operators look at."""
