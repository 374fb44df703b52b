"""What operators see of the back office: whether it can work, and its figures for Prometheus."""
