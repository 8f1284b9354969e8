"""What the platform sends to the product, and what it accepts as an answer."""
