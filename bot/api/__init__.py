"""Answers the back office: notices in, contacts and their chats out."""
