"""Outages: numbers set aside for papers that are issued by hand and registered afterwards."""
