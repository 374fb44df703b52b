"""What passes between the office and the applicant of a case: what is told of its acts, and the chat."""
