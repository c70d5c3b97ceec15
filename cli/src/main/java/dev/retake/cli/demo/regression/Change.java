package dev.retake.cli.demo.regression;

import dev.retake.cli.demo.shop.Documents;
import dev.retake.cli.demo.shop.Reply;
import dev.retake.cli.demo.shop.ShopRequest;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The kinds of change that regressions are made of. */
final class Change {
    private Change() {}

    /** A mistake in the replies of an operation. */
    static Regression inReply(
            String name, String sentence, String kind, String operation, String location, UnaryOperator<Reply> change) {
        return when(name, sentence, kind, operation, location, request -> true, change);
    }

    /** A mistake in the replies to some requests of an operation. */
    static Regression when(
            String name,
            String sentence,
            String kind,
            String operation,
            String location,
            Predicate<ShopRequest> which,
            UnaryOperator<Reply> change) {
        BiFunction<ShopRequest, Reply, Reply> reply =
                (request, given) -> which.test(request) ? change.apply(given) : given;
        return new Regression(name, sentence, new Planted(kind, operation, location), UnaryOperator.identity(), reply);
    }

    /** A mistake in how an operation reads its requests. */
    static Regression inRequest(
            String name,
            String sentence,
            String kind,
            String operation,
            String location,
            UnaryOperator<ShopRequest> change) {
        return new Regression(
                name, sentence, new Planted(kind, operation, location), change, (request, reply) -> reply);
    }

    /** Changes the document of a successful reply. */
    static UnaryOperator<Reply> document(Consumer<ObjectNode> change) {
        return reply -> reply.status() < 300 ? reply.withDocument(change) : reply;
    }

    /** Changes each object in the list {@code field} of a successful reply. */
    static UnaryOperator<Reply> eachIn(String field, Consumer<ObjectNode> change) {
        return document(document -> objects(document.path(field)).forEach(change));
    }

    /** Changes a header where it is sent. */
    static UnaryOperator<Reply> header(String name, String value) {
        return reply -> reply.header(name) == null ? reply : reply.withHeader(name, value);
    }

    /** The objects in an array. */
    static Iterable<ObjectNode> objects(JsonNode array) {
        return () -> array.valueStream()
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .iterator();
    }

    /** {@code list} the other way round. */
    static ArrayNode reversed(JsonNode list) {
        ArrayNode reversed = Documents.array();
        for (int i = list.size() - 1; i >= 0; i--) {
            reversed.add(list.get(i));
        }
        return reversed;
    }
}
