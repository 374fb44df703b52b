"""What all pages share: templates, texts, security headers, live updates."""
