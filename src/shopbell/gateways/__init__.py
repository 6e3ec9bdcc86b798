"""Talking to SMS gateways over HTTP. Must not import store or services, or read the clock."""
