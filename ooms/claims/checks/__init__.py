"""The checks of a claim, one pure function a file."""
