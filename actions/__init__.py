"""The Rasa actions: one turn of conversation over the intake, one module per topic."""
