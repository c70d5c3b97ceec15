package dev.retake.privacy.anonymize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retake.common.error.RetakeException;
import dev.retake.common.keys.RootKey;
import dev.retake.privacy.DataAnonymizer;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.value.Edits;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataStreamTest {
    private static final RootKey ROOT = new RootKey(new byte[32]);
    private static final String EMAIL = "zoe@quarx-mail.net";
    private static final String NAME = "Zoelinde Quarxmann";
    private static final String PHONE = "+49 30 901820";

    private final DataAnonymizer anonymizer = DataAnonymizer.create(ROOT, PrivacySettings.DEFAULTS);
    private final String email = anonymizer.value("user.email", EMAIL);
    private final String name = anonymizer.value("user.name", NAME);
    private final String phone = anonymizer.value("user.phone", PHONE);

    @Test
    void surrogatesAreThoseOfRecordedJson() {
        String recorded = new String(
                anonymizer.json(utf8("{\"user\":{\"name\":\"" + NAME + "\",\"email\":\"" + EMAIL + "\"}}")),
                StandardCharsets.UTF_8);

        assertThat(recorded).isEqualTo("{\"user\":{\"name\":\"" + name + "\",\"email\":\"" + email + "\"}}");
        assertThat(List.of(name, email, phone)).doesNotContain(NAME, EMAIL, PHONE);
    }

    @Test
    void csvIsReplacedByItsColumnsAndKeptOtherwise() {
        String csv = """
                \ufeffid;name;"email";phone;note\r
                1;%1$s;%2$s;"%3$s";"says ""hi"" to %2$s"\r
                2;;\\N;;NULL\r
                3;"%1$s"\r

                4;%1$s;%2$s;;x;y
                5;%1$s;"%2$s;open
                """;

        assertThat(both(DataFormat.CSV, "users", csv)).isEqualTo(csv.formatted(name, email, phone));
        assertThat(stream(DataFormat.CSV, "users", csv).records()).isEqualTo(6);
        assertThat(stream(DataFormat.CSV, "users", csv).malformed()).isEqualTo(4);
    }

    @Test
    void theTableSaysWhoseNameItIs() {
        String csv = "id,name\n1,%1$s\n2,Zibbelin Quox\n";
        String kept = csv.formatted("Espresso Cups");

        assertThat(run(DataFormat.CSV, "products", kept, 1 << 20)).isEqualTo(kept);
        assertThat(run(DataFormat.CSV, "users", kept, 1 << 20)).doesNotContain("Espresso", "Zibbelin");
    }

    @Test
    void aColumnIsToldByTheOthers() {
        String csv = "id,name,%s\n1,Zibbelin Quox,12345\n";

        assertThat(run(DataFormat.CSV, "rows", csv.formatted("zip"), 1 << 20)).doesNotContain("Zibbelin");
        assertThat(run(DataFormat.CSV, "rows", csv.formatted("price"), 1 << 20)).contains("Zibbelin");
        assertThat(run(
                        DataFormat.COPY,
                        "rows",
                        "COPY rows (name, zip) FROM stdin;\nZibbelin Quox\t12345\n\\.\n",
                        1 << 20))
                .doesNotContain("Zibbelin");
    }

    @Test
    void csvWithoutHeadingsTakesTheColumnsGiven() {
        DataStream stream = DataStream.of(
                DataFormat.CSV, new DataLayout("users", List.of("id", "name")), ROOT, PrivacySettings.DEFAULTS);

        assertThat(run(stream, "1," + NAME + "\n", 5)).isEqualTo("1," + name + "\n");
    }

    @Test
    void jsonOfAnyLengthIsTakenInParts() {
        StringBuilder users = new StringBuilder("\ufeff { \"count\": 3000,\n \"users\": [");
        for (int i = 0; i < 3_000; i++) {
            users.append(i == 0 ? "\n" : ",\n")
                    .append("  {\"id\": ")
                    .append(i)
                    .append(", \"name\": \"%1$s\", \"tags\": [\"a\", \"b\"], \"contact\": {\"email\": \"%2$s\"}}");
        }
        users.append("\n ], \"owner\": {\"email\": \"%2$s\", \"price\": 1e400}}\n");

        assertThat(both(DataFormat.JSON, "", users.toString()))
                .isEqualTo(users.toString().formatted(name, email));
        assertThat(stream(DataFormat.JSON, "", users.toString()).records()).isEqualTo(3_000);
    }

    @Test
    void jsonThatIsBrokenIsSanitizedAsText() {
        String lines = """
                {"email": "%2$s"}
                {"email": "%2$s", oops write to %2$s}
                [{"email": "%2$s"}, {"email": "%2$s"} {] "%2$s"
                {"user":{"name": "%1$s", "n": [1, 2, "\\u0041"]}}
                "%2$s" 12 null
                {"cut": "%2$s
                """;

        assertThat(both(DataFormat.NDJSON, "", lines)).isEqualTo(lines.formatted(name, email));
        assertThat(stream(DataFormat.NDJSON, "", lines).malformed()).isEqualTo(3);
    }

    @Test
    void aDumpIsReplacedByTablesAndColumns() {
        String dump = """
                -- PostgreSQL database dump
                SET client_encoding = 'UTF8';
                CREATE TABLE public.users (
                    id integer NOT NULL,
                    "name" text DEFAULT 'nobody'::text,
                    email character varying(255),
                    CONSTRAINT users_pkey PRIMARY KEY (id)
                );
                COPY public.users (id, name, email, profile) FROM stdin;
                1\t%1$s\t%2$s\t{"phone": "%3$s", "bio": "C:\\\\\\\\x"}
                2\t\\N\t\\N\tline\\nwith %2$s
                3\t\t\t
                4\t%1$s
                \\.

                COPY public.products (id, name) FROM stdin;
                1\tEspresso Cups
                \\.
                INSERT INTO public.users VALUES (1, '%1$s', '%2$s'), (2, NULL, 'o''%2$s');
                INSERT INTO users (email, "name") VALUES ('%2$s', E'%1$s; x') ON CONFLICT DO NOTHING;
                COMMENT ON TABLE public.users IS 'ask %2$s';
                SELECT pg_catalog.setval('public.users_id_seq', 12345, true);
                """;
        String surrogateWithQuote =
                anonymizer.value("users.email", "o'" + EMAIL).replace("'", "''");
        String expected = dump.formatted(name, email, phone)
                .replace("'o''" + email + "'", "'" + surrogateWithQuote + "'")
                .replace(name + "; x", anonymizer.value("users.name", NAME + "; x"));

        assertThat(both(DataFormat.COPY, "", dump)).isEqualTo(expected);
        assertThat(stream(DataFormat.COPY, "", dump).malformed()).isEqualTo(1);
    }

    @Test
    void aRunGoesOnWhereAnotherEnded() {
        String csv = "id,name,email\n" + "1,\"%1$s\",%2$s\n".repeat(20);
        String json = "[" + "{\"user\": {\"name\": \"%1$s\"}, \"email\": \"%2$s\"},\n".repeat(1_000) + "{}]\n";
        String dump = "COPY public.users (id, name, email) FROM stdin;\n" + "1\t%1$s\t%2$s\n".repeat(20) + "\\.\n";

        assertGoesOn(DataFormat.CSV, csv, 7);
        assertGoesOn(DataFormat.JSON, json, 9_973);
        assertGoesOn(DataFormat.JSON, "{\"all\": " + json + "}", 9_973);
        assertGoesOn(DataFormat.COPY, dump, 7);
    }

    /** Runs with a new stream for every piece, which knows of the others by their state alone. */
    private void assertGoesOn(DataFormat format, String template, int pieceLength) {
        byte[] source = utf8(template.formatted(NAME, EMAIL));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> state = null;
        int done = 0;
        int length = pieceLength;
        while (done < source.length) {
            DataStream stream =
                    DataStream.of(format, new DataLayout("users", List.of()), ROOT, PrivacySettings.DEFAULTS);
            if (format == DataFormat.COPY) {
                stream = DataStream.of(format, DataLayout.NONE, ROOT, PrivacySettings.DEFAULTS);
            }
            if (state != null) {
                stream.restore(state);
            }
            int to = Math.min(source.length, done + length);
            Edits edits = new Edits();
            int taken = stream.take(source, done, to, to == source.length, edits);
            length = taken == done ? length + pieceLength : pieceLength;
            out.writeBytes(edits.apply(source, done, taken));
            done = taken;
            state = stream.state();
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(template.formatted(name, email));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PGDMP\u0001\u000e.....",
                "\u001f\u008b\u0008.....",
                "\u00ff\u00fea\0,\0b\0\n\0",
                "a,b\n\0\0\0\0\0"
            })
    void dataThatCannotBeReadIsRefused(String latin1) {
        byte[] source = latin1.getBytes(StandardCharsets.ISO_8859_1);
        DataStream stream = DataStream.of(DataFormat.CSV, DataLayout.NONE, ROOT, PrivacySettings.DEFAULTS);

        assertThatThrownBy(() -> stream.take(source, 0, source.length, true, new Edits()))
                .isInstanceOf(RetakeException.class)
                .hasMessageStartingWith("The data is ");
    }

    @Test
    void rowsOfCopyInAnotherFormatAreRefused() {
        assertThatThrownBy(() -> run(DataFormat.COPY, "", "COPY users (a) FROM stdin WITH (FORMAT csv);\nx\n", 100))
                .isInstanceOf(RetakeException.class);
        assertThat(run(
                        DataFormat.COPY,
                        "",
                        "copy users (email) from STDIN WITH (FORMAT text);\n" + EMAIL + "\n\\.\n",
                        100))
                .endsWith(";\n" + email + "\n\\.\n");
    }

    private String both(DataFormat format, String table, String template) {
        String data = template.formatted(NAME, EMAIL, PHONE);
        String whole = run(format, table, data, 1 << 20);
        for (int piece : new int[] {1, 2, 3, 7, 64, 1_000, 70_000}) {
            if (piece > 3 || data.length() < 5_000) {
                assertThat(run(format, table, data, piece))
                        .as("pieces of %d", piece)
                        .isEqualTo(whole);
            }
        }
        return whole;
    }

    private DataStream stream(DataFormat format, String table, String template) {
        DataStream stream = DataStream.of(format, new DataLayout(table, List.of()), ROOT, PrivacySettings.DEFAULTS);
        run(stream, template.formatted(NAME, EMAIL, PHONE), 1 << 20);
        return stream;
    }

    private static String run(DataFormat format, String table, String data, int pieceLength) {
        return run(
                DataStream.of(format, new DataLayout(table, List.of()), ROOT, PrivacySettings.DEFAULTS),
                data,
                pieceLength);
    }

    /** Runs as the command does: what is not taken stays for the next piece. */
    private static String run(DataStream stream, String data, int pieceLength) {
        byte[] source = utf8(data);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int done = 0;
        for (int to = Math.min(pieceLength, source.length);
                done < source.length;
                to = Math.min(to + pieceLength, source.length)) {
            Edits edits = new Edits();
            int taken = stream.take(source, done, to, to == source.length, edits);
            out.writeBytes(edits.apply(source, done, taken));
            done = taken;
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
