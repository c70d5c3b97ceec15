package dev.retake.privacy.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that are found from the house to the country, as several countries write them. */
class WholeAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "221B Baker Street, London NW1 6XE, United Kingdom",
                "88 Queen Street West, Suite 400, Toronto, ON M5H 2N2, Canada",
                "350 5th Ave, 21st Floor, New York, NY 10118",
                "Via Giuseppe Garibaldi 15/A, 20121 Milano (MI), Italia",
                "Mariahilfer Straße 123/2/14, 1060 Wien, Österreich",
                "Mannerheimintie 5 B 12, 00100 Helsinki",
                "Plaza de la Constitución 5, 1.º izquierda, 29005 Málaga",
                "23 Long Street, Cape Town City Centre, Cape Town, 8001, South Africa",
                "12 Grimmauld Place, Islington, London N1 9GU",
                "14 Fitzwilliam Square, D02 RK57 Dublin",
                "14 Fitzwilliam Square, Dublin 2, D02 RK57",
                "7 Harold Lane, LS1 4DY Leeds",
                "9 Bishopsgate, Leeds LS1 4DY",
                "77 Cheapside, London, EC2V 6EN",
                "10 Downing Street SW1A 2AA",
                "Karl Johans gate 22, 0026 Oslo, Norge",
                "Av. Brasil, 1208 - apto 70, Uberlândia, 30344-751"
            })
    void anAddressIsTakenWhole(String address) {
        String text = "It went to " + address + "; they were out.";
        HitList hits = new HitList();
        byte[] bytes = Detectors.scan(text, hits);
        assertThat(hits.size()).isEqualTo(1);
        assertThat(new String(bytes, hits.start(0), hits.end(0) - hits.start(0), StandardCharsets.UTF_8))
                .isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"in Baker Street, London, and then home", "Order 5 Red Chairs, 3 Tables, please"})
    void whatFollowsIsNoPartOfIt(String text) {
        HitList hits = new HitList();
        Detectors.scan(text, hits);
        assertThat(hits.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LS1 4DY", "M1 1AE", "B33 8TH", "DN55 1PT", "W1A 0AX", "K1A 0B1"})
    void aPostcodeIsFoundAlone(String postcode) {
        for (String text : new String[] {postcode, "the postcode is " + postcode + ", I think", "GPS: " + postcode}) {
            HitList hits = new HitList();
            byte[] bytes = Detectors.scan(text, hits);
            assertThat(hits.size()).as(text).isEqualTo(1);
            assertThat(new String(bytes, hits.start(0), hits.end(0) - hits.start(0), StandardCharsets.UTF_8))
                    .isEqualTo(postcode);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"size L1 4AM", "Q1 4DY", "sold 3 Blue Shirts, Size M, 2 FOR 1", "A4 5GB"})
    void whatIsNoPostcodeStays(String text) {
        HitList hits = new HitList();
        Detectors.scan(text, hits);
        assertThat(hits.size()).isZero();
    }
}
