package dev.retake.replay.gap;

import dev.retake.common.exchange.PathTemplate;
import dev.retake.common.exchange.Request;
import java.util.ArrayList;
import java.util.List;

/** What a path is about: its segments, without what only says which version of which interface it belongs to. */
record Resource(List<String> segments) {

    static Resource of(Request request) {
        List<String> segments = new ArrayList<>();
        for (String segment : request.path().split("/")) {
            boolean prefix = segments.isEmpty() && (segment.equals("api") || segment.matches("v\\d{1,2}"));
            if (!segment.isEmpty() && !prefix) {
                segments.add(segment);
            }
        }
        return new Resource(segments);
    }

    boolean contains(Resource other) {
        return segments.size() <= other.segments.size() && segments.equals(other.segments.subList(0, segments.size()));
    }

    /** The last segment that is no id, empty where there is none: what a collection calls its things. */
    String collection() {
        for (int i = segments.size() - 1; i >= 0; i--) {
            if (!PathTemplate.looksLikeId(segments.get(i))) {
                return segments.get(i);
            }
        }
        return "";
    }

    /** Whether both are the same kind of thing, whichever of them. */
    boolean sameKind(Resource other) {
        return template().equals(other.template());
    }

    private List<String> template() {
        return segments.stream().map(PathTemplate::of).toList();
    }
}
