"""The applicant's documents: looked at beside their pictures, accepted or returned."""
