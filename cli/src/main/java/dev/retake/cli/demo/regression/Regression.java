package dev.retake.cli.demo.regression;

import dev.retake.cli.demo.shop.Reply;
import dev.retake.cli.demo.shop.ShopRequest;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * One mistake in a new build: how it answers one operation otherwise than before.
 *
 * @param name short, unique
 * @param sentence what went wrong, for people
 * @param planted what a replay should find
 * @param request what the operation is given instead of what was asked
 * @param reply what goes out instead of what was answered
 */
public record Regression(
        String name,
        String sentence,
        Planted planted,
        UnaryOperator<ShopRequest> request,
        BiFunction<ShopRequest, Reply, Reply> reply) {}
