"""The capture page: a one-time link by which somebody photographs a paper in the browser, at full resolution, for their own chat."""
