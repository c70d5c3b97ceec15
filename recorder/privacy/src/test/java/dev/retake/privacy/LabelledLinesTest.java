package dev.retake.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.keys.RootKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values behind labels of several words, and behind hyphens and bars, as people and forms write them in text. */
class LabelledLinesTest {
    private final DataAnonymizer anonymizer =
            DataAnonymizer.create(new RootKey(new byte[32]), PrivacySettings.DEFAULTS);

    @ParameterizedTest
    @CsvSource(delimiter = '/', quoteCharacter = '`', textBlock = """
            Member number: 20481234                                            / 20481234
            `ok\\nDate of birth: 31121999\\nok`                                / 31121999
            Patient name: Zdislava Ptacnik        Room: 12                     / Zdislava
            `Surname - Ptacnik\\nCity - Brno`                                  / Ptacnik
            `First name | Zdislava\\nRoom | 12`                                / Zdislava
            secret key - N70J7bx1VhGDdLSGlSVdJPVp                              / N70J7bx1
            Authorization: SSWS 00ZnYZyzqa9VSfiQ78IuKLg8f47DtWQKy7             / 00ZnYZyz
            Session id: wqqcptuwdtmzmkjofuxcnfiuwesbfnux                       / wqqcptuw
            `"name":" Dr. Quimby or phone":"+48 171 283"`                      / 171 283
            `{"signature":"Zdislava Ptacnikova"}`                              / Zdislava
            `{"signature":"Custom 9f8a7b6c5d4e3f2a"}`                          / 9f8a7b6c
            """)
    void areReplaced(String text, String value) {
        String lines = text.replace("\\n", "\n");

        assertThat(anonymizer.text("text/plain", lines)).isNotEqualTo(lines).doesNotContain(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Street - Black Shoes",
                "City - Limited Edition | 12",
                "password - required\nname - the field to sort by",
                "Name - see below",
                "2026-01-04 INFO c.s.OrderService - order 12 shipped",
                "a - b - c | d\n| --- |",
                "Session: open\nToken type: bearer",
                "Title: Street - a novel",
                " - \n | \n -",
            })
    void stayAsTheyAre(String text) {
        assertThat(anonymizer.text("text/plain", text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"25112013", "20111985", "19051990", "12311990"})
    void aDateOfEightDigitsStaysADateOfItsYears(String date) {
        String surrogate = anonymizer.text("application/json", "{\"dob\":\"" + date + "\"}");

        assertThat(surrogate).doesNotContain(date);
        String year = surrogate.replaceAll("\\D", "").substring(4);
        int lowest = Integer.parseInt(date.substring(4)) / 4 * 4;
        assertThat(Integer.parseInt(year)).isBetween(lowest, lowest + 3);
    }
}
