"""The rules of the gate: functions `(facts, rules, now) -> list[Reason]`, tied together
in `domain.decide`. Each looks at one thing and returns every reason it sees; none knows of another.
"""
