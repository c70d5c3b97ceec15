package dev.retake.privacy.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that no list has, told by what stands before or behind them. */
class SignedNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "See you.\n\nKind regards,\n[Tryggvina Vexholt]",
                "Dank u.\r\n\r\nMet vriendelijke groet,\r\n[Sjoukje Wiegerink]",
                "zaplatím zítra. S pozdravem [Ctirada Ohnutková]",
                "Bis morgen. Viele Grüße, [Ansgard Zschoch]",
                "placed by [Makaria Quellenbring] <mq@post-box.org> today",
                "From: [Wirgilia Kubiszta Olm] (wko@post-box.org)",
                "volala paní [Doležilová], prosí o doklad",
                "Das war [Odina Palmkrans], geboren 1961 in Ulm",
            })
    void findsTheName(String marked) {
        int open = marked.indexOf('[');
        HitList hits = new HitList();
        byte[] bytes = Detectors.scan(marked.replace("[", "").replace("]", ""), hits);
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < hits.size(); i++) {
            if (hits.dataClass(i) == DataClass.PERSON_NAME) {
                names.append(new String(bytes, hits.start(i), hits.end(i) - hits.start(i), StandardCharsets.UTF_8));
            }
        }

        assertThat(names).hasToString(marked.substring(open + 1, marked.indexOf(']')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Kind regards,\nCustomer Service",
                "Best Western Plus opens in May",
                "Thanks, Team",
                "Many thanks\nPlease reply above this line",
                "Best of Berlin",
                "Cheers!\nThe Shop",
                "Sales Team <sales@",
                "Peter Hahn KG and Marks and Spencer",
                "Regards",
                "Regards,\n",
                "Otto-Müller-Straße",
            })
    void leavesWhatIsNoName(String text) {
        HitList hits = new HitList();
        Detectors.scan(text, hits);

        assertThat(hits.size()).isZero();
    }
}
