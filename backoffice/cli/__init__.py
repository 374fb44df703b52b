"""An administrator's commands from a shell: accounts, cases, export, purge, the check of the chains."""
