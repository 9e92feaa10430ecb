"""The office: exporters apply, officers issue, importers claim; it reaches partners by eodes."""
