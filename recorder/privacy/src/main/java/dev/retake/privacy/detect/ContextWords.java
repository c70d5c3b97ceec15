package dev.retake.privacy.detect;

import dev.retake.privacy.detect.words.WordTable;

/** Reads the words around a value in running text, which say what it is where its form does not. */
final class ContextWords {
    /** What a word near a value speaks of. */
    enum Topic {
        CARD(1),
        PHONE(1 << 1),
        /** Something that is counted or numbered and belongs to nobody: an order, a version, a date. */
        NUMBERED(1 << 2),
        VERSION(1 << 3),
        /** A state's number for a person, and nothing else. */
        NATIONAL_ID(1 << 4),
        /** What may be such a number: its check digits must agree. */
        WEAK_ID(1 << 5),
        BIRTH(1 << 6),
        GEO(1 << 7),
        /** A map as it is drawn, not where somebody is. */
        TILE(1 << 8),
        /** A code that is used once. */
        ONE_TIME(1 << 9),
        CODE(1 << 10),
        /** What makes a code one that is used once. */
        LOGIN(1 << 11),
        /** What makes a code one that anybody may know. */
        PUBLIC_CODE(1 << 12),
        TAX(1 << 13),
        BANK(1 << 14),
        /** Number, and the words for it. */
        COUNTER(1 << 15),
        /** What makes such a word speak of a state's number: {@code ID number}, {@code my number}. */
        IDENTIFIED(1 << 16);

        private final int bit;

        Topic(int bit) {
            this.bit = bit;
        }
    }

    private static final int REACH = 44;
    private static final int WORDS = 4;

    private static final WordTable TABLE = new WordTable(2048)
            .add(Topic.CARD.bit, """
                    card cards visa mastercard maestro amex diners discover jcb cc pan credit debit kreditkarte karte
                    carte tarjeta carta cartao cardnumber creditcard ccnumber cardno kartennummer unionpay rupay
                    paid pay payment charged charge refunded refund kort karty karta pago pagamento paiement zahlung
                    """)
            .add(Topic.PHONE.bit, """
                    phone phones tel telephone telefon telefono telefone telefoon mobile mob cell call called calling
                    fax whatsapp sms text handy dial contact ring mobil puhelin portable celular movil phonenumber
                    reach hotline cellphone telefonnummer handynummer mobilnummer rufnummer anrufen ruf tlf tfn
                    telefonisch appelez joindre llamar llame chiamare ligue bel bellen telefoonnummer callback dialed
                    caller viber signal telegram numero puh puhelinnumero gsm msisdn тел телефон моб мобильный мобільний звонил
                    τηλ τηλέφωνο κινητό 手机 手機 手机号 电话 電話 電話番号 携帯 연락처 전화 전화번호 휴대폰 هاتف الهاتف جوال الجوال
                    टेलीफोन मोबाइल फोन telefonato belde gebeld ringde ringte soitti
                    """)
            .add(Topic.NUMBERED.bit, """
                    order orders invoice tracking ticket sku isbn ean upc gtin imei serial
                    part batch lot build timestamp time total amount price count size bytes page transaction
                    bestellung rechnung issn barcode article artikel shipment parcel item product port pid
                    """)
            .add(Topic.VERSION.bit, """
                    version v ver build release firmware driver rev revision update upgrade upgraded kernel sdk
                    runtime agent client plugin patch package versions rv
                    """)
            .add(Topic.NATIONAL_ID.bit, """
                    ssn rsa itin tin cpf cnpj nif nie dni nino pesel bsn personnummer aadhaar aadhar uidai passport insee nir
                    ahv curp rfc rut passeport reisepass ausweis idnr burgerservicenummer steuernummer steuerid
                    sozialversicherungsnummer personalausweis cuit cuil rrn hetu cpr codicefiscale rodne oib egn cnp amka tckn
                    nhs tfn svnr avs fodselsnummer henkilotunnus partita curp clabe medicare nip regon pps ppsn rnokpp inn
                    snils mynumber nric fin teudat hkid ein vat ustid ustidnr taxid taxnumber nationalid
                    socialsecurity sin fiscal fiscale utr abn afm amka taj adoazonosito ird npi aba emso jmbg isikukood
                    asmens personas kennitala rut   cedula  siret  spi    tckn kimlik vkn
                    emirates iqama cnic nid nric mykad nik ktp npwp thaiid idcard shenfenzheng jumin personnr fnr cprnr
                    sotu  niss insz rijksregisternummer rijksregister steueridentifikationsnummer rentenversicherungsnummer
                    versicherungsnummer ausweisnummer personalausweisnummer passnummer reisepassnummer contribuinte
                    sofinummer maticni osobni davcna btwnummer ninumber nhsno taxfilenumber taxid
                    инн снилс паспорт рнокпп ипн іпн ІПН егн јмбг оіб αφμ ΑΦΜ αμκα ΑΜΚΑ 身份证 身份证号 身分證 身分證字號 身份證 個人番号
                    マイナンバー 주민등록번호 주민번호 תעודת זהות เลขประจำตัวประชาชน บัตรประชาชน aadhaarnumber
                    licencia  ppsnumber hkidno
                    """)
            .add(Topic.WEAK_ID.bit, """
                    social security tax steuer insurance licence license codice national pan identity citizen
                    thai thaiid idnumber idno saidnumber ninumber ni securite secu run said rg dl kt uid perso cif taxpayer nit nic siren ik ak rc nie routing employer personal provider insured kods kodas cislo broj szam numero nummer
                    identification identifikationsnummer identificacion identite identita numer kimlik resident
                    """)
            .add(Topic.TAX.bit, """
                    vat tva iva btw mwst ust ustid ustidnr uid tax taxid moms partita nif cif abn gst gstin idnr steuer
                    """)
            .add(Topic.BIRTH.bit, """
                    born birth birthday birthdate birthdates dob bday geboren geb geburtsdatum geburtstag naissance ne
                    nee nacimiento nacido nacida nascita nato nata nascimento nascido nascida geboortedatum geboorte
                    urodzenia urodzony urodzona ur fodd fodelsedatum fodt fodselsdato syntynyt dateofbirth aniversario
                    compleanno verjaardag d.o.b 生年月日 出生日期 出生 生日 誕生日 생년월일 출생 الميلاد ميلاد geborene geborener рождения родился родилась рожд народження народився народилася γέννησης γεννήθηκε nar narozen narozena ur született syntynyt născut născută doğum
                    """)
            .add(Topic.GEO.bit, """
                    lat lon lng long latitude longitude coordinates coords coordinate gps location position geo
                    geolocation koordinaten breitengrad langengrad standort coordonnees coordenadas located ubicacion
                    posizione localisation lieu pickup dropoff checkin latlng latlon geopoint point whereabouts geotag
                    coordinate coordinaten locatie lastseen seen
                    """)
            .add(Topic.TILE.bit, "tile tiles bbox viewport zoom bounds zxy")
            .add(Topic.ONE_TIME.bit, """
                    otp passcode totp mfa onetime einmalcode einmalpasswort verifizierungscode bestatigungscode
                    sicherheitscode tan mtan smstan pincode otpcode verificationcode securitycode onetimecode
                    authcode verifizierungs freischaltcode
                    """)
            .add(Topic.CODE.bit, "code codes codigo codice kode pin passwort password token kod cod")
            .add(Topic.LOGIN.bit, """
                    verification verify security login signin confirmation confirm access authentication auth
                    authenticator time einmal sms your dein ihr votre tu su sua seu twofactor factor temporary
                    weryfikacyjny weryfikacyjna verificatie verifiering bekrafta potwierdzenia overovaci dogrulama onay giris
                    verificacion verifica verificacao seguridad sicurezza securite connexion acceso google whatsapp
                    enter entered use using uw je fa
                    """)
            .add(Topic.PUBLIC_CODE.bit, """
                    zip postal promo error status country product discount coupon area exit response source color item
                    sort tracking voucher http return reason currency language city airport state gift http order
                    article colour unit tax
                    """)
            .add(Topic.COUNTER.bit, "number no nr num nummer numero")
            .add(Topic.IDENTIFIED.bit, "id ids ident my thai citizen civil person ni")
            .add(Topic.BANK.bit, "bic swift bank banque banco banca swiftcode biccode routing sort");

    private ContextWords() {}

    /** Bits of what the last words before {@code i} speak of. */
    static int before(byte[] text, int from, int i) {
        int floor = Math.max(from, i - REACH);
        int end = i;
        int bits = 0;
        int last = 0;
        for (int words = 0; words < WORDS; words++) {
            while (end > floor && !isLetter(text, end - 1)) {
                end--;
            }
            int start = end;
            while (start > floor && isLetter(text, start - 1) && !isHump(text, start, end)) {
                start--;
            }
            if (start == end) {
                return bits;
            }
            int said = TABLE.bits(text, start, end);
            bits |= said | (has(last, Topic.COUNTER) && has(said, Topic.IDENTIFIED) ? Topic.WEAK_ID.bit : 0);
            if (start > floor && isLetter(text, start - 1)) {
                bits |= whole(text, floor, start, end);
            }
            last = said;
            end = start;
        }
        return bits;
    }

    /** Bits of a name in camel case that ends at {@code end}, taken for one word. */
    private static int whole(byte[] text, int floor, int hump, int end) {
        int start = hump;
        while (start > floor && isLetter(text, start - 1)) {
            start--;
        }
        return TABLE.bits(text, start, end);
    }

    /** Bits of what the first three words after {@code i} speak of. */
    static int after(byte[] text, int i, int to) {
        int limit = Math.min(to, i + REACH);
        int start = i;
        int bits = 0;
        for (int words = 0; words < WORDS - 1; words++) {
            while (start < limit && !isLetter(text, start)) {
                start++;
            }
            int end = start;
            while (end < limit && isLetter(text, end)) {
                end++;
            }
            if (start == end) {
                return bits;
            }
            bits |= TABLE.bits(text, start, end);
            start = end;
        }
        return bits;
    }

    /** Whether the word {@code text[from, to)} speaks of {@code topic}. */
    static boolean speaksAt(Topic topic, byte[] text, int from, int to) {
        return to > from && has(TABLE.bits(text, from, to), topic);
    }

    /** Whether {@code bits} say {@code topic}. */
    static boolean has(int bits, Topic topic) {
        return (bits & topic.bit) != 0;
    }

    /** Whether one of the last words before {@code i} speaks of {@code topic}. */
    static boolean speakOf(Topic topic, byte[] text, int from, int i) {
        return has(before(text, from, i), topic);
    }

    /** Whether a word in camel case begins at {@code start}, of which letters were read up to {@code end}. */
    private static boolean isHump(byte[] text, int start, int end) {
        boolean capital = start < end && text[start] >= 'A' && text[start] <= 'Z';
        return capital && text[start - 1] >= 'a' && text[start - 1] <= 'z';
    }

    /** Whether a letter's byte stands at {@code i}; the second byte of a no-break space is none. */
    private static boolean isLetter(byte[] text, int i) {
        byte b = text[i];
        int lower = b | 0x20;
        return lower >= 'a' && lower <= 'z'
                || b < 0 && b != (byte) 0xC2 && (b != (byte) 0xA0 || i > 0 && text[i - 1] != (byte) 0xC2);
    }
}
