"""The applicant's draft bundle: answers, documents, checklist and the hand-over to the back office."""
