"""An administrator's errands from a shell: accounts, cases, export, purge, the check of the chains."""
