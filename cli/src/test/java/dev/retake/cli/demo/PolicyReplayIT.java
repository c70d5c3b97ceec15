package dev.retake.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.cli.demo.shop.Customer;
import dev.retake.cli.demo.shop.Dialect;
import dev.retake.cli.demo.shop.Shop;
import dev.retake.cli.demo.shop.ShopData;
import dev.retake.cli.demo.shop.ShopServer;
import dev.retake.cli.demo.shopper.Shoppers;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.KeySetFile;
import dev.retake.common.keys.RootKey;
import dev.retake.journal.InventoryFile;
import dev.retake.journal.JournalReader;
import dev.retake.journal.query.SessionQuery;
import dev.retake.privacy.DataAnonymizer;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.inventory.AllowPack;
import dev.retake.privacy.inventory.AllowProposal;
import dev.retake.privacy.policy.Policy;
import dev.retake.privacy.policy.PolicySettings;
import dev.retake.replay.ReplayEnvironment;
import dev.retake.replay.ReplayListener;
import dev.retake.replay.ReplayRun;
import dev.retake.replay.ReplaySettings;
import dev.retake.replay.source.JournalSource;
import dev.retake.replay.source.RecordedSession;
import dev.retake.replay.source.SessionSource;
import dev.retake.verdict.RunResult;
import dev.retake.verdict.RunResult.Comparability;
import dev.retake.verdict.RunResult.Compare;
import dev.retake.verdict.RunResult.StepResult;
import dev.retake.verdict.RunResult.StepStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records demo sessions under each policy and replays them against an identical shop that has just started, with the
 * customers that {@code retake anonymize} makes. {@code -Dpolicy.seeds=N} takes N seeds instead of one, and {@code
 * -Dretake.generate=true} writes the table into {@code docs/privacy.md}.
 */
class PolicyReplayIT {
    private static final String BEGIN = "<!-- policies: begin -->\n";
    private static final String END = "<!-- policies: end -->";
    private static final int SEEDS = Integer.getInteger("policy.seeds", 1);

    /** Rounds of thirty sessions before those that are replayed, for the crowd to gather and for a proposal. */
    private static final int WARM = 12;

    private static final int VISITORS = 30;

    private static final int CROWD = 5;

    @TempDir
    Path directory;

    /** Exchanges, and those that replayed with the status that they had. */
    private static final class Score {
        private int sessions;
        private int exchanges;
        private int same;
        private final Map<String, Integer> others = new TreeMap<>();

        double share() {
            return 100.0 * same / exchanges;
        }
    }

    @Test
    void replaysWithTheStatusThatItHad() throws Exception {
        Score detect = new Score();
        Score cold = new Score();
        Score crowd = new Score();
        Score bare = new Score();
        Score whole = new Score();
        Score allowed = new Score();
        for (long seed = 1; seed <= SEEDS; seed++) {
            Path at = Files.createDirectories(directory.resolve("seed" + seed));
            run(at.resolve("detect"), settings(Policy.DETECT, List.of()), seed, 0, false, detect);
            run(at.resolve("cold"), settings(Policy.CROWD, List.of()), seed, 0, false, cold);
            run(at.resolve("crowd"), settings(Policy.CROWD, List.of()), seed, WARM, false, crowd);
            Path pack = at.resolve("allow.yml");
            Files.writeString(pack, run(at.resolve("deny"), settings(Policy.DENY, List.of()), seed, WARM, false, bare));
            run(at.resolve("whole"), settings(Policy.DENY, List.of()), seed, 0, true, whole);
            run(at.resolve("allowed"), settings(Policy.DENY, List.of(pack)), seed, 0, false, allowed);
        }
        String table = "| policy | sessions | exchanges | replayed with the status that they had |\n|---|---|---|---|\n"
                + row("`detect`", detect)
                + row("`crowd`, " + CROWD + " sessions, after " + VISITORS * WARM + " sessions", crowd)
                + row("`crowd`, " + CROWD + " sessions, from its first session on", cold)
                + row("`deny`, nothing allowed, the catalogue went through `retake anonymize` too", whole)
                + row("`deny`, nothing allowed, the catalogue did not", bare)
                + row("`deny` with what `rules suggest` proposed, unreviewed", allowed);
        write(table);

        assertThat(detect.share()).as(table + detect.others).isGreaterThanOrEqualTo(99);
        assertThat(crowd.share()).as(table + crowd.others).isGreaterThanOrEqualTo(99);
        // The shop sorts and searches by names that are others there, and a client goes on with the third of a list.
        assertThat(whole.share()).as(table + whole.others).isGreaterThanOrEqualTo(97);
        assertThat(allowed.share()).as(table + allowed.others).isGreaterThanOrEqualTo(99);
    }

    /** Records, replays the last round, and proposes what to allow; {@code whole} anonymizes products too. */
    private String run(Path journal, PrivacySettings settings, long seed, int warm, boolean whole, Score score)
            throws Exception {
        Path keyFile = KeySetFile.defaultFor(journal);
        KeySetFile.createIfAbsent(keyFile);
        KeySet keys = KeySetFile.load(keyFile);
        RootKey root = Objects.requireNonNull(keys.root());
        ShopData data = withNewCustomers(seed, warm + 1);
        Instant measured = record(journal, settings, keys, root, data, seed, warm);
        boolean counted = settings.policy().policy() == Policy.CROWD;
        DataAnonymizer anonymizer =
                DataAnonymizer.create(root, counted ? settings(Policy.DETECT, List.of()) : settings);
        ShopData customers = data.withCustomers(anonymizer::json);
        ShopData copy = whole ? customers.withProducts(anonymizer::json) : customers;
        Clock clock = Clock.systemUTC();
        try (ShopServer fresh = ShopServer.start(new Shop(copy, clock, ~seed), Dialect.PLAIN, clock, "shop", ~seed)) {
            ReplaySettings replay = ReplaySettings.to(fresh.address())
                    .allowUnsafe(true)
                    .comparable(Comparability.FOREIGN)
                    .compare(Compare.STATUS)
                    .seed(seed)
                    .build();
            JournalReader reader = JournalReader.open(journal, KeySetFile.loadForReading(keyFile));
            try (SessionSource sessions =
                    new Since(new JournalSource(journal.toString(), reader, SessionQuery.ALL), measured)) {
                count(new ReplayRun(replay, sessions, ReplayEnvironment.system(), ReplayListener.NONE).run(), score);
            }
        }
        return AllowPack.of(AllowProposal.of(InventoryFile.readOpen(journal, keys)));
    }

    /** A shop whose every round of visitors is new: what they share is the shop's. */
    private static ShopData withNewCustomers(long seed, int rounds) {
        Map<String, Customer> customers = new LinkedHashMap<>();
        for (long next = 1_000 * seed; customers.size() < rounds * VISITORS; next++) {
            ShopData.generate(next).customers().forEach(customer -> customers.putIfAbsent(customer.email(), customer));
        }
        return new ShopData(
                List.copyOf(customers.values()), ShopData.generate(seed).products());
    }

    private static Instant record(
            Path journal, PrivacySettings settings, KeySet keys, RootKey root, ShopData data, long seed, int warm)
            throws IOException, InterruptedException {
        Clock clock = Clock.systemUTC();
        Instant measured = Instant.EPOCH;
        try (ShopServer shop = ShopServer.start(new Shop(data, clock, seed), Dialect.PLAIN, clock, "shop", seed);
                DemoSidecar sidecar = DemoSidecar.start(shop.address(), journal, keys, root, settings);
                JournalReader reader = JournalReader.open(journal, keys)) {
            long sent = 0;
            for (int round = 0; round <= warm; round++) {
                measured = round < warm || warm == 0 ? measured : clock.instant();
                List<Customer> visitors = data.customers().subList(round * VISITORS, (round + 1) * VISITORS);
                sent += Shoppers.visit(sidecar.address(), visitors, 1_000 * seed + round);
                DemoSidecar.awaitRecorded(reader, sent);
            }
        }
        return measured;
    }

    private static void count(RunResult result, Score score) {
        score.sessions += result.counts().sessions();
        result.sessions().stream().flatMap(session -> session.steps().stream()).forEach(step -> {
            score.exchanges++;
            if (step.status() == StepStatus.MATCH || step.status() == StepStatus.EQUIVALENT) {
                score.same++;
            } else {
                score.others.merge(text(step), 1, Integer::sum);
            }
        });
    }

    private static String text(StepResult step) {
        return "\n" + step.operation() + " " + step.status() + " " + step.why();
    }

    private static PrivacySettings settings(Policy policy, List<Path> packs) {
        PrivacySettings defaults = PrivacySettings.DEFAULTS;
        return new PrivacySettings(defaults.pseudonyms(), packs, defaults.nesting(), List.of(), List.of())
                .with(new PolicySettings(policy, CROWD, defaults.policy().memory()));
    }

    private static String row(String policy, Score score) {
        return String.format(
                Locale.ROOT, "| %s | %,d | %,d | %.2f %% |\n", policy, score.sessions, score.exchanges, score.share());
    }

    private static void write(String text) throws IOException {
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("policies.md"), text);
        if (Boolean.getBoolean("retake.generate")) {
            Path page = Path.of("../docs/privacy.md");
            String old = Files.readString(page);
            int from = old.indexOf(BEGIN) + BEGIN.length();
            Files.writeString(page, old.substring(0, from) + text + old.substring(old.indexOf(END)));
        }
    }

    /** The sessions of {@code all} that began at {@code from} or later. */
    private record Since(SessionSource all, Instant from) implements SessionSource {
        @Override
        public String name() {
            return all.name();
        }

        @Override
        public Iterator<RecordedSession> sessions() {
            Iterable<RecordedSession> each = all::sessions;
            return StreamSupport.stream(each.spliterator(), false)
                    .filter(session -> !session.started().isBefore(from))
                    .iterator();
        }

        @Override
        public List<Exchange> exchanges(RecordedSession session) {
            return all.exchanges(session);
        }

        @Override
        public Set<String> upstreams() {
            return all.upstreams();
        }

        @Override
        public void close() {
            all.close();
        }
    }
}
