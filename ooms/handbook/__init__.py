"""What the office tells everybody: agreements and rules, codes and what they mean, the score."""
