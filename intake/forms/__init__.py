"""Makes the sheets that an applicant gets in the chat: the two SPTJM to sign, how to sign and photograph them, and the receipt."""
