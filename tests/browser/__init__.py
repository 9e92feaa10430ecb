"""The portal in a real browser, over real HTTP, on offices in processes of their own."""
