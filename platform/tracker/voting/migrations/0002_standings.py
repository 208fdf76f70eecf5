"""Triggers that keep purses and standings: whoever writes votes or concerns, by whatever way, they are right.

All is in the shared schema and named with it: votes are set while the connection is inside a municipality.
"""

from django.db import migrations

PURSE = """
CREATE FUNCTION public.tracker_spend() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.returned_at IS NULL THEN
        UPDATE public.voting_purse SET spent = spent - OLD.points
            WHERE participant_id = OLD.participant_id AND year = OLD.year;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.returned_at IS NULL THEN
        INSERT INTO public.voting_purse AS purse (participant_id, year, spent)
            VALUES (NEW.participant_id, NEW.year, NEW.points)
            ON CONFLICT (participant_id, year) DO UPDATE SET spent = purse.spent + EXCLUDED.spent;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER tracker_spend AFTER INSERT OR UPDATE OR DELETE ON public.voting_vote
    FOR EACH ROW EXECUTE FUNCTION public.tracker_spend();
"""

STANDING = """
CREATE FUNCTION public.tracker_stand(tickets bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.voting_standing (ticket_id, votes, voters, past, concerned)
        SELECT ticket.id, 0, 0, 0, 0 FROM public.tickets_ticket ticket WHERE ticket.id = ANY (tickets) ORDER BY 1
        ON CONFLICT (ticket_id) DO NOTHING;
    -- Locked before anything is counted: who waits here counts what the other has written.
    PERFORM 1 FROM public.voting_standing WHERE ticket_id = ANY (tickets) ORDER BY ticket_id FOR UPDATE;
    UPDATE public.voting_standing standing SET
        votes = coalesce(counted.votes, 0), voters = coalesce(counted.voters, 0), past = coalesce(counted.past, 0),
        concerned = (SELECT count(*) FROM public.tickets_concern concern WHERE concern.ticket_id = standing.ticket_id)
    FROM unnest(tickets) AS given (ticket)
    LEFT JOIN (
        SELECT vote.ticket_id,
            sum(vote.votes) FILTER (WHERE vote.returned_at IS NULL) AS votes,
            count(DISTINCT vote.participant_id) AS voters,
            sum(vote.votes) FILTER (WHERE vote.returned_at IS NOT NULL) AS past
        FROM public.voting_vote vote WHERE vote.ticket_id = ANY (tickets) GROUP BY 1
    ) counted ON counted.ticket_id = given.ticket
    WHERE standing.ticket_id = given.ticket;
END $$;
CREATE FUNCTION public.tracker_stand_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.tracker_stand(ARRAY(SELECT DISTINCT ticket_id FROM fresh));
    RETURN NULL;
END $$;
CREATE FUNCTION public.tracker_stand_old() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.tracker_stand(ARRAY(SELECT DISTINCT ticket_id FROM stale));
    RETURN NULL;
END $$;
CREATE FUNCTION public.tracker_stand_both() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.tracker_stand(ARRAY(SELECT ticket_id FROM fresh UNION SELECT ticket_id FROM stale));
    RETURN NULL;
END $$;
"""

WATCHED = """
CREATE TRIGGER tracker_stand_new AFTER INSERT ON public.{table} REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION public.tracker_stand_new();
CREATE TRIGGER tracker_stand_both AFTER UPDATE ON public.{table} REFERENCING NEW TABLE AS fresh OLD TABLE AS stale
    FOR EACH STATEMENT EXECUTE FUNCTION public.tracker_stand_both();
CREATE TRIGGER tracker_stand_old AFTER DELETE ON public.{table} REFERENCING OLD TABLE AS stale
    FOR EACH STATEMENT EXECUTE FUNCTION public.tracker_stand_old();
"""

TICKETS = """
CREATE FUNCTION public.tracker_stand_ticket() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.tracker_stand(ARRAY(SELECT id FROM fresh));
    RETURN NULL;
END $$;
CREATE TRIGGER tracker_stand_ticket AFTER INSERT ON public.tickets_ticket REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION public.tracker_stand_ticket();
CREATE FUNCTION public.tracker_stand_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM public.voting_standing WHERE ticket_id = OLD.id;
    RETURN NULL;
END $$;
CREATE TRIGGER tracker_stand_gone AFTER DELETE ON public.tickets_ticket
    FOR EACH ROW EXECUTE FUNCTION public.tracker_stand_gone();
"""
NEW = {"reviewed": "Triggers on tables that came with this very release; nobody writes them yet."}


class Migration(migrations.Migration):
    """Purses, standings, and a standing for every ticket from its beginning."""

    dependencies = [("voting", "0001_initial")]

    operations = [
        migrations.RunSQL(PURSE, migrations.RunSQL.noop, hints=NEW),
        migrations.RunSQL(STANDING, migrations.RunSQL.noop, hints=NEW),
        migrations.RunSQL(WATCHED.format(table="voting_vote"), migrations.RunSQL.noop, hints=NEW),
        migrations.RunSQL(WATCHED.format(table="tickets_concern"), migrations.RunSQL.noop, hints=NEW),
        migrations.RunSQL(TICKETS, migrations.RunSQL.noop, hints=NEW),
    ]
