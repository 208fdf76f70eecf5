"""What leaves and enters the tracker: digests, feeds, webhooks, answers by mail, exports."""
