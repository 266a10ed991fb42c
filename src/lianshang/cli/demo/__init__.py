"""`lianshang demo`: an invented zone, from untidy workbooks to what firms are entitled to."""
