"""Pages of those who let goods in: claims, verification cases, papers, watch list."""
