"""Works one person's turns, one after another: asks the dialogue and puts the answer into the outbox."""
