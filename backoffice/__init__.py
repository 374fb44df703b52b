"""Works the bundle: cases, approvals, delivery, the complaints desk, staff accounts, audit, reports."""
