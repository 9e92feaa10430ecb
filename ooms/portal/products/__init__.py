"""Pages about goods: products and bills, origin, suppliers' declarations, cost statements."""
