"""What the entries of each kind of list say of an application, one kind a file."""
