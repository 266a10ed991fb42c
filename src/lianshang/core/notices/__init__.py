"""Reaching people: notices in the site, and their deliveries by e-mail, SMS, WeCom and DingTalk."""
