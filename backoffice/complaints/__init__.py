"""The complaints desk."""
