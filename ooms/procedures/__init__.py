"""How an administration handles applications, as data: clocks, grounds, reasons, training."""
