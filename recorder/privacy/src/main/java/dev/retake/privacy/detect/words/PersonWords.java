package dev.retake.privacy.detect.words;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Words that names are made of and words that speak of people, as bits; the lists are data beside this class. A word may
 * be several things: {@code Grant} is a given name, a family name and a plain word.
 */
public final class PersonWords {
    public static final int GIVEN = 1;
    public static final int FAMILY = 1 << 1;
    /** A given name that is as often something else: a place, a colour, a month. */
    public static final int DOUBLE = 1 << 2;
    /** A word that no name is made of, unless it is one as well. */
    public static final int PLAIN = 1 << 3;

    public static final int CITY = 1 << 4;
    /** {@code Mr}, {@code Frau}. */
    public static final int TITLE = 1 << 5;
    /** What stands before a person and before nothing else: {@code dear}, {@code customer}. */
    public static final int CUE = 1 << 6;
    /** What may stand before a person: {@code by}, {@code with}. */
    public static final int SOFT_CUE = 1 << 7;
    /** {@code van}, {@code de la}: small words within a name. */
    public static final int PARTICLE = 1 << 8;
    /** A small word that stands within names of people and nowhere else in its language: {@code van}, {@code bin}. */
    public static final int NOBLE = 1 << 9;
    /** What somebody does to or with a person: {@code signed} by, {@code assigned} to. */
    public static final int DEED = 1 << 10;
    /** What only a person does: {@code wrote}, {@code complained}. */
    public static final int DOES = 1 << 11;

    private static final WordTable TABLE = new WordTable(32_768)
            .add(GIVEN, list("given-names.txt"))
            .add(FAMILY, list("family-names.txt"))
            .add(DOUBLE, list("double-names.txt"))
            .add(PLAIN, list("plain-words.txt"))
            .add(CITY | PLAIN, list("cities.txt"))
            .add(TITLE, """
                    dipl ing mag msgr bro capt cpt lt maj col gen sen rep gov amb hon eng arq ing lic mgr mudr judr
                    phdr sayın bay bayan shrimati kumari sheikh imam rabbi pastor
                    mr mrs ms miss mx dr prof professor doctor herr herrn frau fräulein mme mlle monsieur madame
                    mademoiselle sr sra srta señor señora señorita sig signor signora dott dottoressa dhr mevr mevrouw
                    meneer pani panie hr fru lord lady rev sgt capt judge senator dra sres
                    paní pán pana panu panią shri smt domnul domnule domnului doamna doamnei doamnă herra rouva
                    господин госпожа пан пані пане κύριε κύριος κυρία κύριο
                    """)
            .add(CUE, """
                    dear hi hello hey hallo liebe lieber cher chère estimado estimada querido querida caro cara gentile
                    sayın kära käre bästa hej hei moi hyvä kjære kære drahý drahá vážený vážená szanowny szanowna kedves
                    tisztelt stimate stimată dragă уважаемый уважаемая здравствуйте привет шановний шановна добрый merhaba
                    dragi draga poštovani poštovana gerbiamas gerbiama cienījamais lugupeetud egregio illustre cześć witaj
                    ahoj salut selam sevgili beste prezado prezada olá hola bonjour ciao customer client patient passenger guest applicant
                    employee cardholder recipient beneficiary tenant attendee subscriber signed regards sincerely attn
                    fullname surname lastname firstname caller assignee customername username accountholder payee payer
                    kunde kundin cliente kontakt ansprechpartner ansprechpartnerin mitarbeiter mitarbeiterin patientin
                    signataire employé grüße grüßen saludos saluti groeten cordialement atentamente undersigned nurse
                    insured policyholder claimant defendant plaintiff mother father wife husband spouse son daughter
                    brother sister colleague née geb lautend pt willkommen welcome bienvenido bienvenida bienvenue benvenuto
                    benvenuta bemvindo kunden klient klienta klientka klientce zákazník zákaznice mieter mieterin
                    vermieter pacjent pacjentka pacjentki pacient pacientka müşteri hasta paciente paziente titular titulaire
                    assuré assurée locataire inquilino inquilina patiënt patiënte huurder klant patienten asiakas potilas
                    guardian vormund tuteur tutor titulaires azubi schüler schülerin student studentin élève bewohner
                    bewohnerin gast huésped huésped ospite gość hóspede ügyfél beteg klienten pasient kunderne clientul clienta pacientul pacienta клиент клиента клиентка пациент
                    пациентка клієнт клієнтка пацієнт пацієнтка πελάτης πελάτισσα ασθενής betreff
                    """)
            .add(SOFT_CUE, """
                    by from with to for and tell ask thanks name named called contact spoke via cc is am reporter author
                    owner manager buyer seller sender holder agent operator technician driver teacher met for of
                    mit an für par avec pour por con para user member reviewer approver contractor
                    consultant host student candidate investor founder witness greetings cheers bonjour asked told says
                    said emailed phoned invited
                    """)
            .add(
                    PARTICLE,
                    "van von der den de del della di da do dos das du la le el al bin ibn ter ten af av zu y e st ben vom zum")
            .add(NOBLE, "van von ter ten bin ibn zu")
            .add(DEED, """
                    spoke spoken talked met assigned opened signed written sent approved called reported requested
                    contacted created reviewed handled managed hired submitted paid ordered bought received issued
                    delivered addressed rejected raised logged forwarded escalated transferred shipped refunded granted
                    prepared completed confirmed resolved closed answered owned sold booked invited reserved filed
                    registered married engaged related refund payment message email letter mail invoice complaint call
                    request feedback note comment meeting appointment ticket order account unterschrieben gesprochen
                    bestellt signé écrit envoyé firmado escrito enviado firmato scritto inviato assinado enviado name
                    belongs belong belonging prescribed diagnosed referred authored uploaded edited posted
                    """)
            .add(DOES, """
                    wrote said asked told complained requested emailed phoned replied mentioned confirmed ordered joined
                    signed visited lives lived works worked says called bought reported paid noticed wants wanted wishes
                    married thinks thought claims claimed likes liked insisted insists received returned forgot lost
                    attends attended moved cancelled canceled responded hat schrieb rief möchte wohnt a appelé écrit
                    habite souhaite llamó vive escribió quiere solicitó ha abita scrive ligou mora escreveu heeft woont
                    """);

    private static final WordTable PAIRS = pairs();

    private PersonWords() {}

    /** Bits of the word {@code text[from, to)}. */
    public static int bits(byte[] text, int from, int to) {
        return TABLE.bits(text, from, to);
    }

    /** Whether two words with one space between them are a brand or another name of no person. */
    public static boolean isBrand(byte[] text, int from, int to) {
        return PAIRS.bits(text, from, to) != 0;
    }

    private static WordTable pairs() {
        WordTable pairs = new WordTable(512);
        list("brand-pairs.txt").lines().forEach(pair -> pairs.addPhrase(1, pair));
        return pairs;
    }

    /** A list beside these classes, as it is written. */
    public static String list(String name) {
        try (InputStream in = PersonWords.class.getResourceAsStream("/dev/retake/privacy/detect/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the list " + name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
