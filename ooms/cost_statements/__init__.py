"""What a producer states of his costs straight to the office, for an exporter to cite unseen."""
