package dev.retake.cli.demo.shop;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import tools.jackson.databind.node.ObjectNode;

/** Makes up customers whose data is as real as it gets: numbers with right check digits, addresses nobody reserved. */
final class CustomerData {
    private static final int CUSTOMERS = 30;

    private static final String[] FIRST = {
        "Anna",
        "Jonas",
        "Marie",
        "Lukas",
        "Sophie",
        "Felix",
        "Clara",
        "Paul",
        "Emma",
        "Noah",
        "Lena",
        "David",
        "Julia",
        "Simon",
        "Laura",
        "Tobias",
        "Sarah",
        "Oliver",
        "Katharina",
        "Martin",
        "Elena",
        "Robert",
        "Nadia",
        "Stefan",
        "Isabel",
        "Thomas",
        "Rebecca",
        "Daniel",
        "Monica",
        "Peter"
    };
    private static final String[] LAST = {
        "Keller",
        "Brandt",
        "Hoffmann",
        "Lindner",
        "Vogel",
        "Schreiber",
        "Winter",
        "Albrecht",
        "Neumann",
        "Seidel",
        "Richter",
        "Baumann",
        "Fischer",
        "Kaufmann",
        "Ziegler",
        "Lorenz",
        "Haas",
        "Kramer",
        "Pohl",
        "Engel",
        "Sommer",
        "Busch",
        "Horn",
        "Arnold",
        "Vogt",
        "Krause",
        "Jansen",
        "Ritter",
        "Walter",
        "Franke"
    };
    private static final String[] STREETS = {
        "Lindenstraße", "Gartenweg", "Hauptstraße", "Bergstraße", "Schillerplatz", "Mühlenweg", "Kastanienallee"
    };
    private static final String[] CITIES = {"Hamburg", "Leipzig", "Freiburg", "Bremen", "Nürnberg", "Köln", "Dresden"};
    private static final String[] POSTCODES = {"20095", "04109", "79098", "28195", "90402", "50667", "01067"};
    private static final String[] MAIL = {"posthaus.net", "briefkasten.org", "mailwerk.de", "nordnetz.com"};
    private static final String[] BANKS = {"37040044", "50010517", "20050550", "70150000"};
    private static final String[] WORDS = {"Tiger", "Harbour", "Velvet", "Granite", "Maple", "Rocket", "Saffron"};

    private CustomerData() {}

    static List<Customer> generate(long seed) {
        Random random = new Random(seed);
        List<Customer> customers = new ArrayList<>();
        for (int i = 0; i < CUSTOMERS; i++) {
            customers.add(customer(i, random));
        }
        return customers;
    }

    private static Customer customer(int number, Random random) {
        String first = FIRST[number];
        String last = LAST[(number * 7 + random.nextInt(LAST.length)) % LAST.length];
        String mailbox = (first + "." + last).toLowerCase(Locale.ROOT) + (10 + number);
        int place = random.nextInt(CITIES.length);
        ObjectNode customer = Documents.object();
        customer.put("id", "cus-" + (2_000 + number))
                .put("firstName", first)
                .put("lastName", last)
                .put("email", mailbox + "@" + pick(MAIL, random))
                .put("phone", phone(random))
                .put("birthday", date(random))
                .put("newsletter", random.nextBoolean())
                .put("loyaltyPoints", random.nextInt(900));
        customer.putObject("address")
                .put("street", pick(STREETS, random) + " " + (1 + random.nextInt(120)))
                .put("postcode", POSTCODES[place])
                .put("city", CITIES[place])
                .put("country", "DE");
        customer.putObject("payment").put("card", card(random)).put("iban", iban(random));
        customer.put("password", pick(WORDS, random) + "-" + (1_000 + random.nextInt(9_000)) + "-" + number);
        return new Customer(customer);
    }

    static String phone(Random random) {
        return "+49 17" + random.nextInt(10) + " " + (2_000_000 + random.nextInt(7_000_000));
    }

    private static String date(Random random) {
        return String.format(
                Locale.ROOT, "%d-%02d-%02d", 1955 + random.nextInt(48), 1 + random.nextInt(12), 1 + random.nextInt(28));
    }

    /** A card number of sixteen digits with its check digit (ISO/IEC 7812-1). */
    private static String card(Random random) {
        StringBuilder digits = new StringBuilder("4929");
        while (digits.length() < 15) {
            digits.append(random.nextInt(10));
        }
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            int digit = digits.charAt(14 - i) - '0';
            int doubled = i % 2 == 0 ? 2 * digit : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return digits.append((10 - sum % 10) % 10).toString();
    }

    /** A German IBAN with its check digits (ISO 13616). */
    private static String iban(Random random) {
        StringBuilder account = new StringBuilder(pick(BANKS, random));
        for (int i = 0; i < 10; i++) {
            account.append(random.nextInt(10));
        }
        BigInteger number = new BigInteger(account + "131400");
        int check = 98 - number.mod(BigInteger.valueOf(97)).intValue();
        return String.format(Locale.ROOT, "DE%02d%s", check, account);
    }

    private static String pick(String[] from, Random random) {
        return from[random.nextInt(from.length)];
    }
}
