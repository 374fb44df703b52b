"""Talks to WhatsApp: webhook, inbox, queues, media, outbox, and the clients of Graph and Rasa."""
