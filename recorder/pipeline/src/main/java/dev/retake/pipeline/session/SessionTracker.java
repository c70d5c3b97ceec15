package dev.retake.pipeline.session;

import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.common.keys.RootKey;
import dev.retake.journal.SessionUpdate;
import dev.retake.pipeline.session.AnonymousPlaces.Place;
import dev.retake.pipeline.session.Bindings.Binding;
import dev.retake.pipeline.session.IdentityReader.Carried;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says which session an exchange belongs to. The rules, in order:
 *
 * <ol>
 *   <li>An identity that a response of a session issued belongs to that session, wherever it is carried.
 *   <li>Else the identity of the first configured source counts; a new one begins a session.
 *   <li>A JWT that nobody saw being issued goes on with the session of the same subject at the same client.
 *   <li>A request without an identity belongs to the session that was issued a cookie of its that looks drawn at random, else
 *       to the one of its user under Basic authentication, else to the one of its connection. An identity that its response issues joins
 *       that session; but where the session was issued one before, and the two are not known to be of one subject, the
 *       connection is shared by several users, and a new session begins with this exchange.
 *   <li>A session of which an exchange was dropped is not captured for a while. What follows later is a session of its
 *       own, incomplete too, because its beginning is not there.
 * </ol>
 *
 * Times of arrival are microseconds since the epoch; {@code now} is nanoseconds of any clock that does not step. For one
 * thread.
 */
public final class SessionTracker {
    private static final int MOST_SHARED = 1_000;

    private final SessionSettings settings;
    private final SubjectSurrogate surrogate;
    private final IdentityReader reader;
    private final OpenSessions sessions;
    private final AnonymousPlaces places;
    private final boolean oneUserAtFirst;

    /** Cookies that look like tokens and are set for several sessions. */
    private final Set<IdentityKey> shared = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<IdentityKey, Boolean> eldest) {
            return size() > MOST_SHARED;
        }
    });

    /** Whether the response that is placed issued an identity. */
    private boolean issues;

    private long lostUntil = Long.MIN_VALUE;

    /** When {@link #lostUntil} was learnt, on the clock that does not step. */
    private long lostAt;

    /**
     * A tracker of live traffic, without sessions.
     *
     * @param salt makes the ids of this tracker's sessions differ from those of any other
     */
    public SessionTracker(RootKey root, SessionSettings settings, SubjectSurrogate surrogate, String salt) {
        this(root, settings, surrogate, salt, false);
    }

    private SessionTracker(
            RootKey root, SessionSettings settings, SubjectSurrogate surrogate, String salt, boolean oneUserAtFirst) {
        KeyedHash hash = new KeyedHash(root);
        this.settings = settings;
        this.surrogate = surrogate;
        this.reader = new IdentityReader(hash, settings);
        SessionColumns columns = new SessionColumns();
        this.sessions = new OpenSessions(hash, salt, settings.maxOpen(), columns);
        this.places = new AnonymousPlaces(settings.maxOpen(), columns);
        this.oneUserAtFirst = oneUserAtFirst;
    }

    /**
     * A tracker of a recording that is most likely one user's, as what a browser saved: there the first identity that is
     * carried joins what the same client sent without one.
     */
    public static SessionTracker ofOneUserAtFirst(
            RootKey root, SessionSettings settings, SubjectSurrogate surrogate, String salt) {
        return new SessionTracker(root, settings, surrogate, salt, true);
    }

    /** What is being placed: an exchange on its way, for one call. */
    private record Arrival(Request request, Client client, long acceptedAt, long now) {}

    /** The session of a request; found by where it came from, if {@code anonymous}, or else by an identity. */
    private record Match(OpenSession session, boolean anonymous) {}

    /**
     * The place of an exchange that will be recorded.
     *
     * @return null where its session is not captured, because an exchange of it was dropped
     */
    public @Nullable Placement place(
            Request request, @Nullable Response response, Client client, long acceptedAt, long now) {
        Arrival arrival = new Arrival(request, client, acceptedAt, now);
        Match match = find(arrival);
        OpenSession session = response == null ? match.session() : told(match, arrival, response);
        sessions.touch(session, now);
        if (session.stopped()) {
            return null;
        }
        int sequence = session.place();
        if (sequence == 1 && !session.complete()) {
            sessions.changed(session);
        }
        return new Placement(session.id(), sequence, session.identity());
    }

    /** Notes that an exchange was dropped: its session is incomplete from here on. */
    public void dropped(Request request, Client client, long acceptedAt, long now) {
        OpenSession session =
                find(new Arrival(request, client, acceptedAt, now)).session();
        sessions.touch(session, now);
        stop(session, now);
    }

    /** Notes that an exchange was dropped after it had its place in {@code session}. */
    public void dropped(String session, long now) {
        sessions.unrecorded(session);
        OpenSession known = sessions.byId(session);
        if (known != null) {
            stop(known, now);
        }
    }

    /**
     * Notes that exchanges were dropped of which nothing is known but that they were accepted up to {@code acceptedAt}:
     * every open session may have lost one, and so may any whose first known exchange is not later.
     */
    public void lost(long acceptedAt, long now) {
        lostUntil = isLossOld(now) ? acceptedAt : Math.max(lostUntil, acceptedAt);
        lostAt = now;
        sessions.forEach(session -> stop(session, now));
    }

    /** Closes the sessions that have been idle too long. */
    public void closeIdle(long now) {
        sessions.closeIdle(now - settings.idleTimeout().toNanos());
    }

    /** Closes every session. */
    public void closeAll() {
        sessions.closeAll();
    }

    /** What became known of sessions since it was last taken, at most one update a session. */
    public List<SessionUpdate> takeUpdates() {
        return sessions.takeUpdates();
    }

    /** Takes back updates that the journal does not have, to be taken again. */
    public void untake(List<SessionUpdate> unwritten) {
        sessions.untake(unwritten);
    }

    /** How many sessions are open. */
    public int open() {
        return sessions.size();
    }

    /** How many sessions were closed early because too many were open. */
    public long evicted() {
        return sessions.evicted();
    }

    private Match find(Arrival arrival) {
        List<Carried> carried = reader.carried(arrival.request());
        return carried.isEmpty() ? findAnonymous(arrival) : findCarried(arrival, carried);
    }

    private Match findCarried(Arrival arrival, List<Carried> carried) {
        int first = carried.get(0).rank();
        for (Carried candidate : carried) {
            Binding binding = sessions.binding(candidate.key());
            if (binding != null && (binding.issued() || candidate.rank() == first)) {
                return match(binding, arrival, carried);
            }
        }
        Subject subject = reader.subject(arrival.request());
        IdentityKey link = subject == null ? null : reader.subjectAt(arrival.client(), arrival.request(), subject);
        Binding linked = link == null ? null : sessions.binding(link);
        if (linked != null) {
            return match(linked, arrival, carried);
        }
        OpenSession session = firstOfOneUser(arrival);
        if (session.identity() == null) {
            session.identify(anonymousIdentity(carried.get(0).key()));
            sessions.changed(session);
        }
        bind(session, carried);
        if (subject != null && link != null) {
            identify(session, subject, arrival.acceptedAt());
            sessions.bind(session, link, false);
        }
        return new Match(session, false);
    }

    /** A new session, or the anonymous one so far, where the client is taken to be one user. */
    private OpenSession firstOfOneUser(Arrival arrival) {
        if (!oneUserAtFirst) {
            return open(arrival);
        }
        Place place = places.at(reader.anonymous(arrival.request(), arrival.client()));
        OpenSession known = place.session();
        if (known != null && !known.ended() && !known.led()) {
            known.markLed();
            return known;
        }
        OpenSession session = open(arrival);
        if (known == null) {
            place.lead(session);
            session.markLed();
        }
        return session;
    }

    private Match match(Binding binding, Arrival arrival, List<Carried> carried) {
        OpenSession session = resumed(binding.session(), arrival);
        bind(session, carried);
        return new Match(session, false);
    }

    /** Identities of one source that come together belong together: they are cookies of one browser. */
    private void bind(OpenSession session, List<Carried> carried) {
        int first = carried.get(0).rank();
        for (Carried candidate : carried) {
            if (candidate.rank() == first) {
                sessions.bind(session, candidate.key(), false);
            }
        }
    }

    private Match findAnonymous(Arrival arrival) {
        for (IdentityKey returned : reader.returned(arrival.request())) {
            Binding binding = sessions.binding(returned);
            if (binding != null && binding.issued()) {
                return new Match(resumed(binding.session(), arrival), false);
            }
        }
        for (IdentityKey token : reader.tokens(arrival.request())) {
            Binding binding = sessions.binding(token);
            if (binding != null && !shared.contains(token)) {
                return new Match(resumed(binding.session(), arrival), false);
            }
        }
        Place place = places.at(reader.anonymous(arrival.request(), arrival.client()));
        OpenSession session = place.session();
        if (session == null || session.ended()) {
            session = open(arrival);
        } else {
            session = resumed(session, arrival);
        }
        place.lead(session);
        return new Match(session, true);
    }

    /** The session that the exchange belongs to once its response is known. */
    private OpenSession told(Match match, Arrival arrival, Response response) {
        issues = false;
        OpenSession session = join(match, arrival, response);
        // Before a login, and of the response that logs in: what it issues is carried after the logout, too.
        if (issues || !session.led() && session.identity() == null) {
            for (IdentityKey token : reader.tokens(response)) {
                Binding binding = sessions.binding(token);
                if (binding == null) {
                    sessions.bind(session, token, true);
                } else if (!binding.session().equals(session)) {
                    shared.add(token); // every client gets it
                }
            }
        }
        return session;
    }

    private OpenSession join(Match match, Arrival arrival, Response response) {
        OpenSession session = match.session();
        Issued issued = reader.issued(arrival.request(), response);
        List<IdentityKey> fresh = new ArrayList<>(issued.keys().size());
        for (IdentityKey key : issued.keys()) {
            Binding binding = sessions.binding(key);
            if (binding == null) {
                fresh.add(key);
            } else if (match.anonymous() && !binding.session().equals(session)) {
                // It was used before the exchange that issued it was complete, or it is issued once more.
                return known(binding.session(), match, arrival);
            }
        }
        if (fresh.isEmpty()) {
            return session;
        }
        issues = true;
        Subject subject = issued.subject();
        if (isForAnother(match, arrival, subject)) {
            session = open(arrival);
        }
        for (IdentityKey key : fresh) {
            sessions.bind(session, key, true);
        }
        session.markLed();
        if (session.identity() == null) {
            session.identify(anonymousIdentity(fresh.get(0)));
            sessions.changed(session);
        }
        if (subject != null) {
            identify(session, subject, arrival.acceptedAt());
        }
        return session;
    }

    /** The session of an identity that an anonymous exchange was issued, after it had been known already. */
    private OpenSession known(OpenSession session, Match match, Arrival arrival) {
        Place place = places.at(reader.anonymous(arrival.request(), arrival.client()));
        if (match.session().exchanges() == 0 && !place.shared()) {
            place.lead(session);
        }
        return resumed(session, arrival);
    }

    /** Whether an identity issued to the session for {@code subject} belongs to somebody else. */
    private boolean isForAnother(Match match, Arrival arrival, @Nullable Subject subject) {
        OpenSession session = match.session();
        SubjectKey key = subject == null ? null : reader.key(subject);
        boolean sameSubject = key != null && session.isAbout(key);
        boolean otherSubject = key != null && session.isAboutAnother(key);
        if (!match.anonymous()) {
            return otherSubject;
        }
        if (oneUserAtFirst && !otherSubject) {
            return false;
        }
        Place place = places.at(reader.anonymous(arrival.request(), arrival.client()));
        if (otherSubject || session.led() && !sameSubject) {
            place.markShared();
            place.leadNowhere();
            return true;
        }
        if (place.shared()) {
            if (session.exchanges() == 0) {
                place.leadNowhere();
                return false;
            }
            return !sameSubject;
        }
        return false;
    }

    private OpenSession open(Arrival arrival) {
        OpenSession session = sessions.open(arrival.acceptedAt(), arrival.now());
        Place before = places.known(reader.anonymous(arrival.request(), arrival.client()));
        OpenSession known = before == null ? null : before.session();
        boolean beginningLost = known != null && known.stopped();
        boolean mayHaveLost = arrival.acceptedAt() <= lostUntil && !isLossOld(arrival.now());
        if (beginningLost || mayHaveLost) {
            session.markIncomplete();
        }
        return session;
    }

    /** Whatever began before a loss has ended by then; a time from before the clock was stepped back would count for longer. */
    private boolean isLossOld(long now) {
        return now - lostAt > settings.idleTimeout().toNanos();
    }

    /** {@code session} itself, or what follows it where it may be captured again. */
    private OpenSession resumed(OpenSession session, Arrival arrival) {
        return session.stopped() && arrival.now() - session.resumesAt() >= 0
                ? sessions.succeed(session, arrival.acceptedAt(), arrival.now())
                : session;
    }

    private void stop(OpenSession session, long now) {
        session.stop(now + settings.resumeAfter().toNanos());
        sessions.incomplete(session);
    }

    /** The first name by which a session's subject is known stays the session's identity. */
    private void identify(OpenSession session, Subject subject, long acceptedAt) {
        if (!session.hasSubject()) {
            session.identify(
                    surrogate.of(subject.name(), session.id(), Instant.EPOCH.plus(acceptedAt, ChronoUnit.MICROS)));
            sessions.changed(session);
        }
        session.isNowAbout(reader.key(subject));
    }

    private static String anonymousIdentity(IdentityKey key) {
        return "id-" + key.hex().substring(0, 16);
    }
}
