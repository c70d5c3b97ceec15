package dev.retake.privacy.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionLessonsTest {
    private static final int MOST = 300;

    private final SessionLessons lessons = new SessionLessons(MOST);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void rememberLikeAMapOfTheSessionsSeenLast(long seed) {
        Random random = new Random(seed);
        Map<String, Map<String, String>> model = new LinkedHashMap<>(16, 0.75f, true);
        for (int step = 0; step < 5_000; step++) {
            String session = "session " + random.nextInt(120);
            Map<String, String> before = model.getOrDefault(session, Map.of());
            assertThat(texts(lessons.of(session))).isEqualTo(before);
            Map<String, String> learnt = new LinkedHashMap<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                learnt.put("w\u00ebrt-" + random.nextInt(40), "x".repeat(1 + random.nextInt(90)));
            }
            lessons.add(session, lessons.of(session), lessons(learnt, true));
            learn(model, session, before, learnt);
        }
    }

    private static void learn(
            Map<String, Map<String, String>> model,
            String session,
            Map<String, String> before,
            Map<String, String> learnt) {
        Map<String, String> after = new LinkedHashMap<>(before);
        learnt.forEach(after::putIfAbsent);
        if (after.size() == before.size()) {
            return;
        }
        model.put(session, after);
        int known = model.values().stream().mapToInt(Map::size).sum();
        Iterator<Map<String, String>> eldest = model.values().iterator();
        while (known > MOST) {
            known -= eldest.next().size();
            eldest.remove();
        }
    }

    @Test
    void oneSessionHasABound() {
        Map<String, String> many = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            many.put("value" + i, "other" + i);
        }
        lessons.add("s", Lessons.NONE, lessons(many, true));
        assertThat(lessons.of("s").size()).isEqualTo(64);
    }

    @Test
    void whatCountsInItsExchangeAloneIsNotKept() {
        lessons.add("s", Lessons.NONE, lessons(Map.of("Jasmine", "Phyllis"), false));
        assertThat(lessons.of("s").size()).isZero();
    }

    private static Lessons lessons(Map<String, String> texts, boolean lasting) {
        List<Lesson> all = new ArrayList<>();
        texts.forEach((value, surrogate) -> all.add(new Lesson(value, surrogate, lasting)));
        return new Lessons(all);
    }

    private static Map<String, String> texts(Lessons known) {
        Map<String, String> texts = new LinkedHashMap<>();
        known.all()
                .forEach(lesson -> texts.put(
                        new String(lesson.value(), StandardCharsets.UTF_8),
                        new String(lesson.surrogate(), StandardCharsets.UTF_8)));
        return texts;
    }
}
