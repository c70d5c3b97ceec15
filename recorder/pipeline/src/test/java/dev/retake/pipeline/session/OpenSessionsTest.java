package dev.retake.pipeline.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.keys.RootKey;
import dev.retake.journal.SessionUpdate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions and places in columns behave like objects that refer to each other. */
class OpenSessionsTest {
    private static final int BOUND = 8;
    private static final int PLACES = 6;
    private static final int KEYS = 150;

    private final SessionColumns columns = new SessionColumns();
    private final OpenSessions sessions =
            new OpenSessions(new KeyedHash(new RootKey(new byte[32])), "salt", BOUND, columns);
    private final AnonymousPlaces places = new AnonymousPlaces(PLACES, columns);

    /** What a session is as an object. */
    private static final class Simple {
        final String id;
        final long startedAt;
        final List<IdentityKey> keys = new ArrayList<>();
        final Map<IdentityKey, IdentityKey> subjects = new HashMap<>();

        @Nullable
        String identity;

        int exchanges;
        int unrecorded;
        boolean complete = true;
        boolean ended;
        boolean led;
        boolean stopped;
        long resumesAt;
        long lastActive;

        Simple(String id, long startedAt) {
            this.id = id;
            this.startedAt = startedAt;
        }

        SessionUpdate update() {
            return new SessionUpdate(id, startedAt, identity, ended, complete);
        }
    }

    private final Map<String, Simple> open = new LinkedHashMap<>();
    private final Map<IdentityKey, Simple> bound = new HashMap<>();
    private final Map<IdentityKey, Boolean> issued = new HashMap<>();
    private final Map<String, SessionUpdate> updates = new LinkedHashMap<>();
    private final LinkedHashMap<IdentityKey, @Nullable Simple> led = new LinkedHashMap<>(16, 0.75f, true);
    private long evicted;
    private long now;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theyBehaveLikeObjects(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < 5_000; step++) {
            now += random.nextInt(3);
            act(random);
            assertThat(sessions.size()).isEqualTo(open.size());
            assertThat(sessions.evicted()).isEqualTo(evicted);
            List<String> order = new ArrayList<>();
            sessions.forEach(session -> order.add(session.id()));
            assertThat(order).isEqualTo(List.copyOf(open.keySet()));
            open.values().forEach(this::assertSame);
        }
        assertThat(columns.ids.capacity()).isLessThanOrEqualTo(64);
        for (int i = 0; i < KEYS; i++) {
            assertBinding(key(i));
        }
    }

    private void act(Random random) {
        IdentityKey key = key(random.nextInt(KEYS));
        Simple simple = any(random);
        OpenSession session = simple == null ? null : sessions.byId(simple.id);
        if (simple == null || session == null) {
            open();
            return;
        }
        switch (random.nextInt(16)) {
            case 0 -> open();
            case 1 -> succeed(simple, session);
            case 2, 3, 4, 5 -> bind(simple, session, key, random.nextBoolean());
            case 6 -> {
                sessions.touch(session, now);
                touch(simple);
            }
            case 7 -> {
                assertThat(session.place()).isEqualTo(++simple.exchanges);
                sessions.changed(session);
                changed(simple);
            }
            case 8 -> {
                session.stop(now + 5);
                sessions.incomplete(session);
                simple.stopped = true;
                simple.resumesAt = now + 5;
                simple.complete = false;
                changed(simple);
            }
            case 9 -> unrecorded(simple);
            case 10 -> {
                String identity = random.nextBoolean() ? "id-" + key.hex() : "Łucja \ud800 " + "long ".repeat(20);
                session.identify(identity);
                simple.identity = identity;
            }
            case 11 -> {
                SubjectKey subject = new SubjectKey(key(random.nextInt(3)), key);
                session.isNowAbout(subject);
                simple.subjects.putIfAbsent(subject.kind(), subject.name());
            }
            case 12 -> {
                session.markLed();
                simple.led = true;
            }
            case 13 -> lead(key(random.nextInt(10)), simple, session, random.nextInt(4) > 0);
            case 14 -> closeIdle(now - 10 - random.nextInt(20));
            default -> {
                assertBinding(key);
                assertThat(sessions.takeUpdates()).containsExactlyInAnyOrderElementsOf(updates.values());
                updates.clear();
            }
        }
    }

    private static IdentityKey key(int number) {
        return new IdentityKey(number % 3, number * 0x9E3779B97F4A7C15L);
    }

    private @Nullable Simple any(Random random) {
        return open.isEmpty() ? null : List.copyOf(open.values()).get(random.nextInt(open.size()));
    }

    private void open() {
        if (open.size() == BOUND) {
            end(open.values().iterator().next());
            evicted++;
        }
        opened(sessions.open(now, now));
    }

    private Simple opened(OpenSession session) {
        Simple simple = new Simple(session.id(), now);
        simple.lastActive = now;
        open.put(simple.id, simple);
        return simple;
    }

    private void succeed(Simple simple, OpenSession session) {
        Simple successor = opened(sessions.succeed(session, now, now));
        successor.identity = simple.identity;
        successor.subjects.putAll(simple.subjects);
        successor.led = simple.led;
        successor.complete = false;
        successor.keys.addAll(simple.keys);
        simple.keys.forEach(each -> bound.put(each, successor));
        simple.keys.clear();
        end(simple);
    }

    private void bind(Simple simple, OpenSession session, IdentityKey key, boolean isIssued) {
        sessions.bind(session, key, isIssued);
        if (bound.putIfAbsent(key, simple) == null) {
            issued.put(key, isIssued);
            simple.keys.add(key);
            if (simple.keys.size() > 32) {
                bound.remove(simple.keys.remove(0));
            }
        }
    }

    private void touch(Simple simple) {
        simple.lastActive = now;
        open.remove(simple.id);
        open.put(simple.id, simple);
    }

    private void unrecorded(Simple simple) {
        if (simple.exchanges == simple.unrecorded) {
            return;
        }
        sessions.unrecorded(simple.id);
        simple.unrecorded++;
        if (simple.exchanges == simple.unrecorded) {
            updates.remove(simple.id);
        }
    }

    /** What a place tells of its session is true of it even after that has ended. */
    private void lead(IdentityKey key, Simple simple, OpenSession session, boolean anew) {
        boolean known = led.containsKey(key);
        AnonymousPlaces.Place place = places.at(key);
        Simple before = led.get(key);
        if (!known) {
            led.put(key, null);
            if (led.size() > PLACES) {
                led.remove(led.keySet().iterator().next());
            }
        }
        OpenSession found = place.session();
        assertThat(found == null).isEqualTo(before == null);
        if (found != null && before != null) {
            assertThat(found.ended()).isEqualTo(before.ended);
            assertThat(found.stopped()).isEqualTo(before.stopped);
            assertThat(found.id()).isEqualTo(before.id);
        }
        if (anew) {
            place.lead(session);
            led.put(key, simple);
        } else {
            place.leadNowhere();
            led.put(key, null);
        }
    }

    private void closeIdle(long idleSince) {
        sessions.closeIdle(idleSince);
        for (Simple simple : List.copyOf(open.values())) {
            if (simple.lastActive - idleSince > 0) {
                return;
            }
            end(simple);
        }
    }

    private void end(Simple simple) {
        simple.ended = true;
        changed(simple);
        open.remove(simple.id);
        simple.keys.forEach(bound::remove);
        simple.keys.clear();
    }

    private void changed(Simple simple) {
        if (simple.exchanges > simple.unrecorded) {
            updates.put(simple.id, simple.update());
        }
    }

    private void assertBinding(IdentityKey key) {
        Bindings.Binding binding = sessions.binding(key);
        Simple simple = bound.get(key);
        assertThat(binding == null).isEqualTo(simple == null);
        if (binding != null && simple != null) {
            assertThat(binding.session().id()).isEqualTo(simple.id);
            assertThat(binding.issued()).isEqualTo(issued.get(key));
        }
    }

    private void assertSame(Simple simple) {
        OpenSession session = Objects.requireNonNull(sessions.byId(simple.id));
        assertThat(session.startedAt()).isEqualTo(simple.startedAt);
        assertThat(session.lastActive()).isEqualTo(simple.lastActive);
        assertThat(session.identity()).isEqualTo(simple.identity);
        assertThat(session.exchanges()).isEqualTo(simple.exchanges);
        assertThat(session.isRecorded()).isEqualTo(simple.exchanges > simple.unrecorded);
        assertThat(session.complete()).isEqualTo(simple.complete);
        assertThat(session.ended()).isFalse();
        assertThat(session.led()).isEqualTo(simple.led);
        assertThat(session.stopped()).isEqualTo(simple.stopped);
        assertThat(!session.stopped() || session.resumesAt() == simple.resumesAt)
                .isTrue();
        assertThat(session.hasSubject()).isEqualTo(!simple.subjects.isEmpty());
        for (int i = 0; i < 3; i++) {
            IdentityKey name = simple.subjects.get(key(i));
            IdentityKey another = new IdentityKey(9, 9);
            assertThat(session.isAbout(new SubjectKey(key(i), name == null ? another : name)))
                    .isEqualTo(name != null);
            assertThat(session.isAboutAnother(new SubjectKey(key(i), another))).isEqualTo(name != null);
        }
    }

    @Test
    void viewsOfOneSessionAreEqual() {
        OpenSession session = sessions.open(0, 0);

        assertThat(sessions.byId(session.id()))
                .isNotSameAs(session)
                .isEqualTo(session)
                .hasSameHashCodeAs(session);
        assertThat(sessions.open(0, 0)).isNotEqualTo(session);
    }

    @Test
    void whatIsNoIdLeadsToNoSession() {
        String id = sessions.open(0, 0).id();

        assertThat(sessions.byId(id)).isNotNull();
        assertThat(sessions.byId(id.substring(1))).isNull();
        assertThat(sessions.byId("z" + id.substring(1))).isNull();
    }
}
