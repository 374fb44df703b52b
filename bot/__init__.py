"""Talks to WhatsApp: webhook, inbox, lanes, media, outbox, and the clients of Graph and Rasa."""
