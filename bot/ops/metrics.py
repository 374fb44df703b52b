"""Counts what the bot does, for Prometheus. Labels are our own words, never a person's."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest


class Metrics:
    """One registry for each app, so that several can live in one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        r = self.registry
        self.deliveries = Counter("bot_webhook_deliveries", "Webhook bodies stored", registry=r)
        self.refused = Counter("bot_webhook_refused", "Webhook bodies refused", ["why"], registry=r)
        self.updates = Counter("bot_updates", "Updates by kind and fate", ["kind", "fate"], registry=r)
        self.turns = Counter("bot_turns", "Turns by kind and end", ["kind", "end"], registry=r)
        self.turn_seconds = Histogram(
            "bot_turn_seconds", "From opening a turn to its answer", registry=r, buckets=(0.1, 0.3, 1, 3, 10, 30, 100)
        )
        self.sends = Counter("bot_sends", "Send attempts by outcome", ["outcome"], registry=r)
        self.media = Counter("bot_media", "Files by outcome", ["outcome"], registry=r)
        self.meta_files = Counter("bot_meta_files", "Deletions of our files at Meta by outcome", ["outcome"], registry=r)
        self.sendings = Gauge("bot_outbox_messages", "Messages in the outbox by state", ["state"], registry=r)
        self.turns_now = Gauge("bot_turns_now", "Turns by state", ["state"], registry=r)
        self.oldest_turn = Gauge("bot_oldest_turn_seconds", "Age of the oldest unanswered turn", registry=r)
        self.parked = Gauge("bot_updates_parked", "Updates that wait for a person", registry=r)
        self.media_waiting = Gauge("bot_media_waiting", "Files still to be fetched", registry=r)
        self.oldest_unsplit = Gauge("bot_oldest_unsplit_seconds", "Age of the oldest webhook body that is not split", registry=r)
        self.oldest_unsent = Gauge("bot_oldest_unsent_seconds", "Age of the oldest send that is queued, unsure or stuck", registry=r)
        self.jobs = Gauge("bot_jobs_due", "Jobs that are due or in work", ["jobs"], registry=r)
        self.oldest_job = Gauge("bot_jobs_oldest_seconds", "For how long the oldest of them has been due", ["jobs"], registry=r)
        self.alarm = Gauge("bot_sending_stopped", "1 while Meta refuses token, account, payment or number", ["what"], registry=r)
        self.templates = Gauge("bot_templates_stuck", "Templates that Meta does not take, by its error code", ["code"], registry=r)
        self.form = Gauge("bot_form_refused", "1 where Meta did not take a form within a day, by its error code", ["code"], registry=r)
        self.model = Gauge("bot_dialogue_model_info", "The model that the dialogue answers with: always 1", ["model"], registry=r)
        self.prices = Gauge("bot_messages_priced_this_month", "Messages that Meta priced this month", ["category", "type"], registry=r)

    def update(self, kind: str, fate: str) -> None:
        """Counts an update; an unknown field's name comes from outside, so all of them share one label."""
        from bot.inbox.policy import UPDATES

        self.updates.labels(kind if kind in UPDATES or kind in {"message", "malformed"} else "unknown", fate).inc()

    def turn(self, kind: str, end: str, seconds: float) -> None:
        """Counts a turn that ended."""
        self.turns.labels(kind, end).inc()
        self.turn_seconds.observe(seconds)

    def text(self) -> bytes:
        """All of it in Prometheus' form."""
        return generate_latest(self.registry)
