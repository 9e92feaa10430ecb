"""The use cases along a message's way: prepare, seal, deliver; judge, record, settle; reconcile."""
