"""The rules of the gate, as functions `(facts, rules, now) -> list[Reason]`.

Each looks at one thing and returns every reason it sees; none knows of another. `domain.decide`
ties them together.
"""
