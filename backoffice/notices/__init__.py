"""What the applicant is told: an outbox to the bot, with retry."""
