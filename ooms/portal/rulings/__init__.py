"""The pages of advance rulings: companies apply, officers rule, others read."""
