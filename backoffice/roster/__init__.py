"""Who is assigned to the service by the head, what each has in hand, and whether enough are on duty (Seed B.4, L)."""
