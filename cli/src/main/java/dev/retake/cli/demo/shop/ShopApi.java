package dev.retake.cli.demo.shop;

/** One request in, one reply out. Called by many threads. */
@FunctionalInterface
public interface ShopApi {
    Reply handle(ShopRequest request);
}
