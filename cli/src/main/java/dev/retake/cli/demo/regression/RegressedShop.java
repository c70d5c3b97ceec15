package dev.retake.cli.demo.regression;

import dev.retake.cli.demo.shop.Reply;
import dev.retake.cli.demo.shop.Shop;
import dev.retake.cli.demo.shop.ShopApi;
import dev.retake.cli.demo.shop.ShopRequest;
import java.util.List;

/** A shop with mistakes in some of its operations. */
public final class RegressedShop implements ShopApi {
    private final Shop shop;
    private final List<Regression> regressions;

    public RegressedShop(Shop shop, List<Regression> regressions) {
        this.shop = shop;
        this.regressions = List.copyOf(regressions);
    }

    @Override
    public Reply handle(ShopRequest request) {
        String operation = shop.operation(request);
        ShopRequest asked = request;
        for (Regression regression : regressions) {
            if (regression.planted().operation().equals(operation)) {
                asked = regression.request().apply(asked);
            }
        }
        Reply reply = shop.handle(asked);
        for (Regression regression : regressions) {
            if (regression.planted().operation().equals(operation)) {
                reply = regression.reply().apply(request, reply);
            }
        }
        return reply;
    }
}
