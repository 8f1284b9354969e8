"""What the bot says, in Chinese, one module per subject. Nothing else builds sentences."""
