package dev.retake.bench.system;

import dev.retake.bench.system.Rival.Kind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code bench/run} was asked for; each option is {@code --name=value}.
 *
 * @param idle connections that are open beside those of the load, and ask nothing
 */
record BenchOptions(
        List<Integer> sizes,
        List<Integer> connections,
        List<Integer> idle,
        List<Kind> kinds,
        int rounds,
        double seconds,
        double warmUpSeconds,
        String proxyCore,
        Path launcher,
        Path out) {

    static BenchOptions parse(String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (!argument.startsWith("--") || equals < 0) {
                throw new IllegalArgumentException("options are --name=value, not " + argument);
            }
            given.put(argument.substring(2, equals), argument.substring(equals + 1));
        }
        return new BenchOptions(
                numbers(given.getOrDefault("sizes", "1024,16384")),
                numbers(given.getOrDefault("connections", "1,64,256")),
                numbers(given.getOrDefault("idle", "0")),
                Arrays.stream(given.getOrDefault("proxies", "direct,nginx,haproxy,plain,full")
                                .split(","))
                        .map(name -> Kind.valueOf(name.toUpperCase(Locale.ROOT)))
                        .toList(),
                Integer.parseInt(given.getOrDefault("rounds", "3")),
                Double.parseDouble(given.getOrDefault("seconds", "5")),
                Double.parseDouble(given.getOrDefault("warm-up", "30")),
                given.getOrDefault("core", "0"),
                Path.of(given.getOrDefault("launcher", "./retake")).toAbsolutePath(),
                Path.of(given.getOrDefault("out", "bench/results")));
    }

    /** Requests a second for the fixed rate: well below what the slowest proxy of the list can do. */
    double rate(int size, int connections) {
        double whole = size > 4_096 ? 3_000 : 8_000;
        return connections == 1 ? whole / 4 : whole;
    }

    private static List<Integer> numbers(String text) {
        return Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
    }
}
