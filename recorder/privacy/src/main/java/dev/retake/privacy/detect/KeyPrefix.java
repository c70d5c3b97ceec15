package dev.retake.privacy.detect;

import java.util.ArrayList;
import java.util.List;

/**
 * The fixed beginnings that providers give to their keys and tokens, with the length and alphabet of what follows.
 *
 * @param text the beginning
 * @param least fewest characters after it
 * @param most most characters after it
 * @param alphabet of what follows
 */
public record KeyPrefix(String text, int least, int most, Alphabet alphabet) {
    /** Which characters may follow a prefix. */
    public enum Alphabet {
        HEX {
            @Override
            boolean contains(byte b) {
                return Bytes.isHex(b);
            }
        },
        ALPHANUMERIC {
            @Override
            boolean contains(byte b) {
                return Bytes.isAlphanumeric(b);
            }
        },
        /** Letters, digits, {@code _} and {@code -}. */
        WORD {
            @Override
            boolean contains(byte b) {
                return Bytes.isAlphanumeric(b) || b == '_' || b == '-';
            }
        },
        /** Those and the dot, plus, slash and equals sign. */
        ANY {
            @Override
            boolean contains(byte b) {
                return Bytes.isBase64(b) || b == '.' || b == '=';
            }
        },
        /** Those of {@link #WORD}, and the marks that parts of some keys are joined by. */
        JOINED {
            @Override
            boolean contains(byte b) {
                return WORD.contains(b) || b == '$' || b == '|' || b == '.' || b == ':' || b == '%' || b == '~';
            }
        };

        abstract boolean contains(byte b);
    }

    private static final int OPEN = 512;
    private static final int WINDOWS = 24;
    private static final int WINDOW_MASK = 127;
    private static final KeyPrefix[] NONE = {};

    /** Every known beginning; where one begins with another, the longer stands first. */
    private static final List<KeyPrefix> KNOWN = new ArrayList<>();

    static {
        add(Alphabet.ALPHANUMERIC, 16, 16, "AKIA", "ASIA", "ABIA", "ACCA", "AROA", "AIDA");
        add(Alphabet.ALPHANUMERIC, 12, 24, "LTAI", "AKID");
        add(Alphabet.WORD, 35, 35, "AIza");
        add(Alphabet.ANY, 20, OPEN, "ya29.", "1//0");
        add(Alphabet.WORD, 20, 40, "GOCSPX-");
        add(Alphabet.WORD, 22, 100, "github_pat_");
        add(Alphabet.ALPHANUMERIC, 30, OPEN, "ghp_", "gho_", "ghu_", "ghs_", "ghr_");
        add(Alphabet.ANY, 16, OPEN, "glpat-", "gldt-", "glrt-", "glptt-", "glcbt-", "glsoat-", "glft-", "glagent-");
        add(Alphabet.ANY, 10, OPEN, "xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe-", "xoxe.", "xoxc-", "xoxd-");
        add(Alphabet.WORD, 10, OPEN, "xapp-");
        add(Alphabet.WORD, 10, 256, "sk_live_", "sk_test_", "rk_live_", "rk_test_", "pk_live_", "pk_test_");
        add(Alphabet.ANY, 16, 128, "whsec_");
        add(Alphabet.WORD, 20, OPEN, "sk-ant-", "sk-proj-", "sk-svcacct-", "sk-or-v1-", "sk-");
        add(Alphabet.ANY, 40, 128, "SG.");
        add(Alphabet.HEX, 32, 32, "key-");
        add(Alphabet.ALPHANUMERIC, 36, 36, "npm_");
        add(Alphabet.WORD, 50, OPEN, "pypi-");
        add(Alphabet.WORD, 20, 64, "dckr_pat_", "dckr_oat_");
        add(Alphabet.ALPHANUMERIC, 30, 64, "hf_");
        add(Alphabet.HEX, 64, 64, "dop_v1_", "doo_v1_", "dor_v1_");
        add(Alphabet.HEX, 32, 32, "shpat_", "shpss_", "shpca_", "shppa_");
        add(Alphabet.WORD, 22, 64, "sq0atp-", "sq0csp-", "sq0idp-");
        add(Alphabet.WORD, 40, OPEN, "EAAA", "EAAC");
        add(Alphabet.HEX, 32, 32, "AC", "SK");
        add(Alphabet.ALPHANUMERIC, 32, 64, "lin_api_", "lin_oauth_");
        add(Alphabet.WORD, 30, 64, "figd_");
        add(Alphabet.WORD, 50, 64, "PMAK-");
        add(Alphabet.ALPHANUMERIC, 27, 27, "NRAK-");
        add(Alphabet.ANY, 32, OPEN, "glc_", "glsa_");
        add(Alphabet.WORD, 24, OPEN, "hvs.", "hvb.", "hvr.");
        add(Alphabet.ANY, 40, 64, "dp.pt.", "dp.st.");
        add(Alphabet.HEX, 40, 40, "pul-", "sbp_");
        add(Alphabet.HEX, 48, 48, "rubygems_");
        add(Alphabet.ANY, 40, OPEN, "sntrys_", "sntryu_");
        add(Alphabet.ANY, 32, 128, "xkeysib-", "xsmtpsib-");
        add(Alphabet.ANY, 24, OPEN, "ATATT3", "ATCTT3", "ATBB");
        add(Alphabet.ALPHANUMERIC, 43, 43, "secret_", "oy2");
        add(Alphabet.ALPHANUMERIC, 40, 64, "ntn_");
        add(Alphabet.ALPHANUMERIC, 36, 40, "r8_");
        add(Alphabet.ALPHANUMERIC, 40, 64, "gsk_", "pplx-", "xai-");
        add(Alphabet.ALPHANUMERIC, 58, 58, "AGE-SECRET-KEY-1");
        add(Alphabet.WORD, 30, OPEN, "ops_ey");
        add(Alphabet.WORD, 20, 64, "CLOJARS_", "tskey-", "vercel_", "nfp_", "cfat_", "phx_", "phc_");
        add(Alphabet.ANY, 20, 128, "re_");
        add(Alphabet.WORD, 20, OPEN, "gsk-", "nvapi-", "sk_prod_", "mk_live_");
        add(Alphabet.ALPHANUMERIC, 12, 24, "AGPA", "AIPA", "ANPA", "ANVA", "APKA", "ASCA");
        add(Alphabet.ANY, 40, OPEN, "ABSK", "bedrock-api-key-");
        add(Alphabet.WORD, 20, 64, "ATCTT", "BBDC-");
        add(Alphabet.ANY, 30, OPEN, "eyJrIjoi", "glsa_", "glc_eyJ", "FwoGZXIvYXdzE");
        add(Alphabet.ANY, 20, OPEN, "hooks.slack.com/services/T", "discord.com/api/webhooks/");
        add(Alphabet.ANY, 20, OPEN, "discordapp.com/api/webhooks/", ".webhook.office.com/webhookb2/");
        add(Alphabet.HEX, 32, 64, "shptka_", "shpuat_", "EZAK", "EZTK", "dapi", "ddp_", "sgp_", "sqn_");
        add(Alphabet.WORD, 20, 128, "ico-", "flwseck_", "FLWSECK-", "FLWSECK_TEST-", "FLWPUBK-", "FLWSECK-TEST-");
        add(Alphabet.WORD, 20, 128, "pat_", "patv1_", "sl.", "secret-token:", "lsv2_pt_", "lsv2_sk_", "e2b_", "pcsk_");
        add(
                Alphabet.WORD,
                20,
                128,
                "tfp_",
                "vc_",
                "CFPAT-",
                "ATTA",
                "PSFB-",
                "pscale_tkn_",
                "pscale_pw_",
                "pscale_oauth_");
        add(Alphabet.WORD, 20, 128, "dG9rOj", "sbp_", "sb_secret_", "sb_publishable_", "sntrys_", "sentrys_", "frlpt-");
        add(Alphabet.WORD, 20, 128, "waka_", "WakaTime_", "xkeysib-", "cio_");
        add(Alphabet.ANY, 20, OPEN, "FlyV1 fm1_", "fm1r_", "fm2_", "fm1a_", "v2.local.", "v2.public.", "v4.local.");
        add(Alphabet.ANY, 14, OPEN, "AQVN", "y0_", "y1_", "y2_", "y3_");
        add(Alphabet.WORD, 24, 128, "ghcr_", "gitea_", "glimt-", "GR1348941", "bkua_", "CCIPAT_", "CCIPRJ_");
        add(
                Alphabet.ALPHANUMERIC,
                20,
                64,
                "API-",
                "sonar_",
                "squ_",
                "sqp_",
                "sqa_",
                "snyk_",
                "cmk_",
                "jfrog_",
                "AKCp",
                "cmVmd");
        add(
                Alphabet.WORD,
                20,
                128,
                "rnd_",
                "rpa_",
                "rps_",
                "vck_",
                "prefect_",
                "pnu_",
                "pnb_",
                "unkey_",
                "tvly-",
                "jina_");
        add(Alphabet.WORD, 20, 128, "sk-lf-", "pk-lf-", "wandb_");
        add(Alphabet.WORD, 20, 256, "EAAl", "EAACEdEose0cBA", "IGQV", "THAA", "EAAB", "EAAG", "EAAM");
        add(Alphabet.WORD, 20, 256, "sq0idb-", "EAAAE");
        add(Alphabet.ANY, 40, OPEN, "PHNhbWxw", "PHNhbWwy", "PD94bWwg", "nVPLjtsw", "fZJNT8Mw", "jZJPb9Qw");
        add(Alphabet.WORD, 20, 128, "p8e-", "AstraCS:", "clh_", "phs_", "pat-na1-", "pat-eu1-", "CRWN_", "lip_");
        add(Alphabet.WORD, 20, 128, "statsig_");
        add(
                Alphabet.WORD,
                20,
                OPEN,
                "HRKU-",
                "dnkey-",
                "duffel_live_",
                "duffel_test_",
                "pk_prod_",
                "pylf_v",
                "cfut_",
                "cfk_");
        add(
                Alphabet.WORD,
                16,
                OPEN,
                "shippo_live_",
                "shippo_test_",
                "secret-live-",
                "secret-test-",
                "fio-u-",
                "APP_USR-");
        add(Alphabet.WORD, 14, OPEN, "rzp_live_", "rzp_test_", "sm_aat_", "sm_pat_", "sm_sat_", "mdb_sa_sk_", "NRJS-");
        add(
                Alphabet.WORD,
                20,
                OPEN,
                "NRII-",
                "NRRA-",
                "NRAA-",
                "hcaik_",
                "hcalk_",
                "hcxik_",
                "rdme_",
                "tgp_v1_",
                "napi_");
        add(
                Alphabet.WORD,
                20,
                OPEN,
                "gsk_",
                "xai-",
                "sgp_",
                "API-",
                "AKCp",
                "AKID",
                "LTAI",
                "sl.",
                "cio",
                "sha256~",
                "live_");
        add(
                Alphabet.WORD,
                20,
                OPEN,
                "pdl_live_apikey_",
                "pdl_sdbx_apikey_",
                "signkey-prod-",
                "tr_prod_",
                "tr_dev_",
                "apify_");
        add(
                Alphabet.WORD,
                20,
                OPEN,
                "ory_at_",
                "ory_rt_",
                "ory_st_",
                "ory_pat_",
                "zpka_",
                "aio_",
                "figo_",
                "figoh_",
                "lip_");
        add(
                Alphabet.WORD,
                20,
                OPEN,
                "nfc_",
                "nfo_",
                "nfb_",
                "nfu_",
                "glffct-",
                "gloas-",
                "ls__",
                "fw_",
                "ak_live_",
                "sk_org_");
        add(
                Alphabet.WORD,
                20,
                OPEN,
                "key_live_",
                "key_prod_",
                "tok_live_",
                "sk_sandbox_",
                "pk_sandbox_",
                "dkea",
                "dose",
                "mdp_");
        add(
                Alphabet.WORD,
                20,
                OPEN,
                "sbp_oauth_",
                "mapi_",
                "sa-",
                "eas_",
                "expo_",
                "cli_",
                "usr_key_",
                "ptr_",
                "wh_sec_");
        add(Alphabet.ALPHANUMERIC, 27, 60, "sk_", "rk_", "ak_", "tk_");
        add(Alphabet.WORD, 36, 36, "sdk-", "mob-", "access-production-", "access-sandbox-", "access-development-");
        add(Alphabet.WORD, 30, OPEN, "ddapp_", "ddpat_", "tk-us-", "tk-eu-");
        add(Alphabet.WORD, 22, 22, "md-");
        add(Alphabet.ANY, 79, 90, "pat");
        add(
                Alphabet.ANY,
                40,
                OPEN,
                "pk.eyJ",
                "sk.eyJ",
                "tk.eyJ",
                "pat.",
                "sat.",
                "dp.ct.",
                "dp.sa.",
                "dp.scim.",
                "dp.audit.");
        add(Alphabet.ANY, 40, OPEN, "dt0c01.", "dt0s01.", "dt0s02.", "dt0s16.", "v1.0-", "AQE", "AQED", "EZAK", "EZTK");
        add(
                Alphabet.JOINED,
                32,
                OPEN,
                "access_token$production$",
                "access_token$sandbox$",
                "amzn.mws.",
                "amzn1.oa2-cs.v1.");
        add(Alphabet.JOINED, 32, OPEN, "Atza|", "Atzr|", "AAAAAAAAAAAAAAAAAAAAA");
    }

    private static final KeyPrefix[][] BY_WINDOW = byWindow();

    private static void add(Alphabet alphabet, int least, int most, String... texts) {
        for (String text : texts) {
            KNOWN.add(new KeyPrefix(text, least, most, alphabet));
        }
    }

    /** Windows over the last three characters of each prefix, or all and a digit where it is shorter. */
    static List<String[]> triggers() {
        Windows windows = new Windows(WINDOWS);
        for (KeyPrefix prefix : KNOWN) {
            int last = prefix.windowEnd() - 1;
            windows.add(prefix.setAt(last - 2), prefix.setAt(last - 1), prefix.setAt(last));
        }
        KeyMark.addTo(windows);
        return windows.all();
    }

    /** Looks for a key whose prefix has its window around {@code p}; returns its start, and its end in the upper half. */
    static long find(byte[] text, int floor, int p, int to) {
        KeyPrefix[] candidates = text[p] < 0 ? NONE : BY_WINDOW[text[p] & WINDOW_MASK];
        for (KeyPrefix prefix : candidates) {
            int start = p + 2 - prefix.windowEnd();
            if (start >= floor && Bytes.startsToken(text, floor, start)) {
                int end = prefix.end(text, start, to);
                if (end > 0) {
                    return (long) end << 32 | start;
                }
            }
        }
        return -1;
    }

    private int windowEnd() {
        return Math.max(3, this.text.length());
    }

    private String setAt(int i) {
        return i < this.text.length() ? this.text.substring(i, i + 1) : "0123456789abcdefABCDEF";
    }

    private static KeyPrefix[][] byWindow() {
        KeyPrefix[][] byMiddle = new KeyPrefix[WINDOW_MASK + 1][];
        for (int middle = 0; middle < byMiddle.length; middle++) {
            int wanted = middle;
            byMiddle[middle] = KNOWN.stream()
                    .filter(prefix -> prefix.text.charAt(prefix.windowEnd() - 2) == wanted)
                    .toArray(KeyPrefix[]::new);
        }
        return byMiddle;
    }

    /** How many characters at the start of {@code value} name its provider and kind; 0 for other values. */
    public static int lengthIn(String value) {
        for (KeyPrefix prefix : KNOWN) {
            if (value.startsWith(prefix.text) && value.length() >= prefix.text.length() + prefix.least) {
                return prefix.text.length();
            }
        }
        return 0;
    }

    /** The end of a key that begins at {@code i} with this prefix, or -1. */
    int end(byte[] text, int i, int to) {
        if (!Bytes.matches(text, i, to, this.text)) {
            return -1;
        }
        int start = i + this.text.length();
        int limit = (int) Math.min(to, (long) start + most);
        int end = start;
        int digits = 0;
        int capitals = 0;
        while (end < limit && alphabet.contains(text[end])) {
            byte b = text[end++];
            digits += Bytes.isDigit(b) ? 1 : 0;
            capitals += b >= 'A' && b <= 'Z' ? 1 : 0;
        }
        while (end > start && (text[end - 1] == '.' || text[end - 1] == '-')) {
            end--;
        }
        boolean cut = end < to && Bytes.isWord(text[end]);
        boolean random = digits >= 4 || (digits >= 1 && capitals >= 1) || capitals >= 12;
        return end - start >= least && !cut && random ? end : -1;
    }
}
