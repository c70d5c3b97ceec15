package dev.retake.cli.demo.shop;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Makes up a catalogue: twelve products in each category, no two of them at one price. */
final class ProductData {
    /** The shop's categories, by the name that requests use. */
    static final List<String> CATEGORIES = List.of("lamps", "chairs", "tables", "shelves", "rugs", "kitchen");

    private static final int PRODUCTS_EACH = 12;
    private static final String[] STYLES = {
        "Nordic", "Größe L", "Café", "Classic", "Urban", "Retro", "Slim", "Outdoor", "Junior", "Studio", "Loft", "Solid"
    };
    private static final String[] THINGS = {"Lamp", "Chair", "Table", "Shelf", "Rug", "Kettle"};

    private ProductData() {}

    static List<Product> generate(long seed) {
        Random random = new Random(seed ^ 0x5DEECE66DL);
        List<Product> products = new ArrayList<>();
        for (int c = 0; c < CATEGORIES.size(); c++) {
            for (int i = 0; i < PRODUCTS_EACH; i++) {
                int number = c * PRODUCTS_EACH + i;
                // A step of seven euros, shuffled, keeps prices apart; the cents make rounding show.
                int cents = 900 + 700 * (i * 5 % PRODUCTS_EACH) + 1 + random.nextInt(690);
                products.add(new Product(
                        "SKU-" + (1_001 + number),
                        STYLES[i] + " " + THINGS[c],
                        CATEGORIES.get(c),
                        BigDecimal.valueOf(cents, 2),
                        random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(40),
                        (30 + random.nextInt(20)) / 10.0,
                        200 + random.nextInt(9_000),
                        "A " + THINGS[c].toLowerCase(Locale.ROOT) + " to keep, in style " + STYLES[i] + "."));
            }
        }
        return products;
    }
}
