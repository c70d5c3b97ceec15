package dev.retake.privacy.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.privacy.Masker;
import dev.retake.privacy.PrivacySettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardWalkerTest {
    private final Masker masker = Masker.create(PrivacySettings.DEFAULTS);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FN:Zora Quimby | FN:<person-name>",
                "N:Quimby;Zora;Ann;Dr.; | N:<family-name>;<given-name>;<given-name>;Dr.;",
                "ADR;TYPE=HOME:;;12 High Street;Springfield;IL;62701;USA"
                        + " | ADR;TYPE=HOME:;;<street>;<city>;IL;<postcode>;USA",
                "item1.EMAIL;TYPE=WORK:zora@fastpost-inbox.net | item1.EMAIL;TYPE=WORK:<email>",
                "TEL;VALUE=uri:tel:+49-171-2834756 | TEL;VALUE=uri:tel:<phone>",
                "BDAY:1980-04-01 | BDAY:<date-of-birth>",
                "ORGANIZER;CN=Zora Quimby:mailto:zora@fastpost-inbox.net | ORGANIZER;CN=<person-name>:mailto:<email>",
                "ATTENDEE;CN=\"Quimby, Zora\";RSVP=TRUE:mailto:x | ATTENDEE;CN=\"<person-name>\";RSVP=TRUE:mailto:x",
                "LOCATION:12 High Street, Springfield | LOCATION:<address>",
                "LOCATION:Room 3 | LOCATION:Room 3",
                "DTSTART;TZID=Europe/Berlin:20261123T100000 | DTSTART;TZID=Europe/Berlin:20261123T100000",
                "SUMMARY:Dentist | SUMMARY:Dentist",
                "UID:4f9e2c1a-1c2d-4e5f-8a9b-0c1d2e3f4a5b | UID:4f9e2c1a-1c2d-4e5f-8a9b-0c1d2e3f4a5b"
            })
    void walksPropertiesByTheirNames(String line, String masked) {
        assertThat(masker.text("BEGIN:VCARD\r\n" + line + "\r\nEND:VCARD\r\n"))
                .isEqualTo("BEGIN:VCARD\r\n" + masked + "\r\nEND:VCARD\r\n");
    }

    @Test
    void readsFoldedLinesAsOne() {
        assertThat(masker.text("BEGIN:VCARD\r\nNOTE:write to zora@fastpost\r\n -inbox.net, please\r\nEND:VCARD"))
                .isEqualTo("BEGIN:VCARD\r\nNOTE:write to <email>, please\r\nEND:VCARD");
    }

    @Test
    void walksACalendarInsideXml() {
        assertThat(masker.text("<data>BEGIN:VCALENDAR\nATTENDEE;CN=Zora Quimby:mailto:x\nEND:VCALENDAR</data>"))
                .isEqualTo("<data>BEGIN:VCALENDAR\nATTENDEE;CN=&lt;person-name&gt;:mailto:x\nEND:VCALENDAR</data>");
    }
}
