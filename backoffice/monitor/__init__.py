"""The public screen with numbers and stages."""
