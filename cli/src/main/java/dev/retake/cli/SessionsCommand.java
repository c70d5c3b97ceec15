package dev.retake.cli;

import dev.retake.common.exchange.Exchange;
import dev.retake.journal.JournalReader;
import dev.retake.journal.Session;
import dev.retake.journal.query.SessionQuery;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code retake sessions}: what a journal holds, a session a line; {@code show}: one session, an exchange a line. */
@Command(
        name = "sessions",
        description = "List the recorded sessions, oldest first.",
        subcommands = SessionsCommand.Show.class)
final class SessionsCommand implements Callable<Integer> {
    private static final long FOLLOW_SECONDS = 1;

    @Option(
            names = "--journal",
            paramLabel = "DIR",
            description = "A journal to read; may be repeated, their sessions come merged.")
    private @Nullable List<Path> journals;

    @Option(
            names = "--where",
            paramLabel = "EXPR",
            description = "Only sessions with an exchange like this, as 'path~/api/* and status>=500'.")
    private @Nullable String where;

    @Option(names = "--follow", description = "Go on with sessions as they close, until interrupted.")
    private boolean follow;

    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec;

    SessionsCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        common.config();
        SessionQuery query = where == null ? SessionQuery.ALL : SessionQuery.parse(where, Clock.systemUTC());
        Answer out = Answer.to(spec);
        try (JournalSet set = JournalSet.open(Options.required(spec, "--journal", journals), keys)) {
            Set<String> open = print(set, query, out);
            if (follow) {
                follow(set, query, out, open);
            }
            set.warnOfDamage();
        }
        return 0;
    }

    /** Prints every session, and returns those that are still open. */
    private Set<String> print(JournalSet set, SessionQuery query, Answer out) {
        Set<String> open = new HashSet<>();
        try (Stream<Session> sessions = set.sessions(query)) {
            sessions.forEach(session -> {
                print(session, out);
                if (!session.closed()) {
                    open.add(session.id());
                }
            });
        }
        return open;
    }

    private void follow(JournalSet set, SessionQuery query, Answer out, Set<String> open) throws InterruptedException {
        long seen = System.currentTimeMillis() * 1_000;
        CountDownLatch never = new CountDownLatch(1);
        Set<String> waiting = open;
        while (!never.await(FOLLOW_SECONDS, TimeUnit.SECONDS) && !out.broken()) {
            set.refresh();
            Set<String> stillOpen = new HashSet<>();
            try (Stream<Session> sessions = set.sessions(query)) {
                for (Iterator<Session> each = sessions.iterator(); each.hasNext(); ) {
                    Session session = each.next();
                    boolean awaited = waiting.contains(session.id()) || session.startedAt() >= seen;
                    if (awaited && session.closed()) {
                        print(session, out);
                        seen = Math.max(seen, session.startedAt() + 1);
                    } else if (awaited) {
                        stillOpen.add(session.id());
                    }
                }
            }
            waiting = stillOpen;
        }
    }

    private void print(Session session, Answer out) {
        out.line(common.json() ? SessionText.json(session) : SessionText.line(session));
    }

    /** {@code retake sessions show ID}. */
    @Command(name = "show", description = "Show the exchanges of one session, in order.")
    static final class Show implements Callable<Integer> {
        @Parameters(paramLabel = "ID", description = "The session's id, as 'retake sessions' prints it.")
        private String id = "";

        @Option(names = "--journal", paramLabel = "DIR", description = "The journal to read; may be repeated.")
        private @Nullable List<Path> journals;

        @Mixin
        private KeyOptions keys = new KeyOptions();

        @Mixin
        private CommonOptions common = new CommonOptions();

        @Spec
        private CommandSpec spec;

        Show() {}

        @Override
        public Integer call() {
            common.config();
            Answer out = Answer.to(spec);
            try (JournalSet set = JournalSet.open(Options.required(spec, "--journal", journals), keys)) {
                JournalReader reader = set.holding(id);
                try (Stream<Exchange> exchanges = reader.exchanges(id)) {
                    exchanges.forEach(exchange ->
                            out.line(common.json() ? ExchangeText.json(exchange) : ExchangeText.block(exchange)));
                }
            }
            return 0;
        }
    }
}
