"""How well the office serves: figures of times, returns and officers, as pages, tables and the yearly evaluation (Seed I, N)."""
