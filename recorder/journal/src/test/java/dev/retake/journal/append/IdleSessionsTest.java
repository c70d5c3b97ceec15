package dev.retake.journal.append;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.keys.Aead;
import dev.retake.journal.Exchanges;
import dev.retake.journal.SessionUpdate;
import dev.retake.journal.append.OpenSessions.OpenSession;
import dev.retake.journal.record.RecordKey;
import dev.retake.journal.record.SessionTag;
import dev.retake.journal.table.Operations;
import dev.retake.journal.table.SessionTally;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdleSessionsTest {
    private static final byte[] TENANT = {1, 2, 3};
    private static final byte[] PLAIN = "plain".getBytes(StandardCharsets.UTF_8);

    private final Operations operations = new Operations();
    private final IdleSessions idle = new IdleSessions(operations);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsPackedComesBackAsItWas(long seed) throws Exception {
        Random random = new Random(seed);
        Map<String, OpenSession> model = new LinkedHashMap<>();
        for (int step = 0; step < 5_000; step++) {
            String id = "session-" + random.nextInt(300) + "x".repeat(random.nextInt(2) * 90);
            OpenSession packed = model.remove(id);
            OpenSession found = idle.take(SessionTag.of(id));
            assertThat(found == null).isEqualTo(packed == null);
            if (packed != null) {
                assertSame(Objects.requireNonNull(found), packed);
            } else {
                OpenSession fresh = session(id, random);
                idle.add(fresh);
                model.put(id, fresh);
            }
            assertThat(idle.size()).isEqualTo(model.size());
        }
        Set<Integer> days =
                model.values().stream().map(each -> each.key().day()).collect(Collectors.toSet());
        assertThat(idle.days()).isEqualTo(days);
        for (OpenSession eldest : List.copyOf(model.values())) {
            assertSame(idle.takeEldest(), eldest);
        }
        assertThat(idle.size()).isZero();
    }

    @Test
    void manyOperationsAreKeptByTheirNames() throws Exception {
        SessionTally tally = new SessionTally("one", 0);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 999; i++) {
            tally.add(Exchanges.exchange("one", i + 1), operations.shared("GET /ä" + i));
            operations.shared("PUT /" + i);
            names.add("GET /ä" + i);
        }
        OpenSession session = new OpenSession(SessionTag.of("one"), tally, key(0, 0), false);

        idle.add(session);

        assertThat(Objects.requireNonNull(idle.take(SessionTag.of("one")))
                        .tally()
                        .session()
                        .operations())
                .isEqualTo(names);
    }

    @Test
    void clearedItIsEmpty() {
        idle.add(session("one", new Random(1)));

        idle.clear();

        assertThat(idle.size()).isZero();
        assertThat(idle.take(SessionTag.of("one"))).isNull();
        assertThat(idle.days()).isEmpty();
    }

    private OpenSession session(String id, Random random) {
        SessionTally tally = new SessionTally(id, Exchanges.TEN_O_CLOCK - random.nextInt(1_000_000_000));
        int exchanges = random.nextInt(6);
        for (int i = 1; i <= exchanges; i++) {
            int status = 200 + random.nextInt(4) * 100;
            String target = "/api/" + (char) ('a' + random.nextInt(20));
            tally.add(
                    Exchanges.exchange(id, 2 * i, target, status, Exchanges.TEN_O_CLOCK + i),
                    operations.shared("GET " + target));
        }
        if (random.nextBoolean()) {
            tally.apply(new SessionUpdate(id, 0, "Łucja " + id, random.nextBoolean(), random.nextBoolean()));
        }
        return new OpenSession(SessionTag.of(id), tally, key(random.nextInt(3) - 1, random.nextInt(100_000)), false);
    }

    private static RecordKey key(int day, int number) {
        return new RecordKey(day, number, new Aead(Aead.newKey()), TENANT);
    }

    private static void assertSame(OpenSession found, OpenSession packed) throws Exception {
        assertThat(found.tag()).isEqualTo(packed.tag());
        assertThat(found.tally().session()).isEqualTo(packed.tally().session());
        assertThat(found.tally().revision()).isEqualTo(packed.tally().revision());
        assertThat(found.takeRowDue()).isFalse();
        assertThat(found.key().day()).isEqualTo(packed.key().day());
        assertThat(found.key().number()).isEqualTo(packed.key().number());
        assertThat(found.key().tenantTag()).isEqualTo(packed.key().tenantTag());
        byte[] sealed = packed.key().aead().seal(PLAIN, TENANT);
        assertThat(found.key().aead().open(sealed, TENANT)).isEqualTo(PLAIN);
    }
}
