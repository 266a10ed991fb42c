"""Chains, segments, products, supply links, innovation assets. Empty until its step."""
