"""What is asked of the applicant: the table of questions, how each answer is read and where it goes."""
