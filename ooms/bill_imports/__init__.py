"""Files of bills that are read and written behind the request that brought them."""
