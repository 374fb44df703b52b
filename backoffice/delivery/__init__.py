"""What the office makes and sends: drafts, final PDFs, the printed bundle."""
