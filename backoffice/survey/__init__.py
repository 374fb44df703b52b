"""The survey of satisfaction: asked once, counted, published."""
