"""What operators need: readiness, metrics, logs, workers."""
