"""链上 Lianshang: three chains of a high-tech zone as one system."""
