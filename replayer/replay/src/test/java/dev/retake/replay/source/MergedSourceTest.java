package dev.retake.replay.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Exchange;
import dev.retake.replay.FixedSource;
import dev.retake.replay.Recording;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergedSourceTest {

    @Test
    void partsOfOneSessionBecomeOne() {
        List<Exchange> whole = new Recording("shared")
                .add(Recording.get("/1"), Recording.response(200, ""))
                .add(Recording.get("/2"), Recording.response(200, ""))
                .add(Recording.get("/3"), Recording.response(200, ""))
                .exchanges();
        List<Exchange> other = new Recording("alone")
                .add(Recording.get("/4"), Recording.response(200, ""))
                .exchanges();
        FixedSource left = new FixedSource("https://a.example").with(List.of(whole.get(0), whole.get(2)));
        FixedSource right = new FixedSource("https://b.example")
                .with(List.of(whole.get(1), whole.get(2)), false)
                .with(other);

        try (MergedSource merged = new MergedSource(List.of(left, right))) {
            List<RecordedSession> sessions = new ArrayList<>();
            merged.sessions().forEachRemaining(sessions::add);

            assertThat(sessions).extracting(RecordedSession::id).containsExactly("alone", "shared");
            assertThat(sessions.get(1).complete()).isFalse();
            assertThat(merged.exchanges(sessions.get(1))).containsExactlyElementsOf(whole);
            assertThat(merged.upstreams()).containsExactlyInAnyOrder("https://a.example", "https://b.example");
        }
    }
}
