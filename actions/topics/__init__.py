"""The topics of the conversation, one module each; every handler takes the turn's `TurnContext`."""
