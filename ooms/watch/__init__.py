"""Tips, the watch list and stated capacities: what officers know beside the papers."""
