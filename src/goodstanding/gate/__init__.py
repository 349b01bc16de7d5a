"""Standing, and the check that the ad server asks: may this account do this, here, now?

Goals: one answer over all dimensions of scope, with its reasons. Non-goals: deciding anything; transport (`api`);
snapshots and followers, which come with their own format.
"""
