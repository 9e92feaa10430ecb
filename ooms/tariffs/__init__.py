"""The tariff that an administration loads: its own wording and its own lines."""
