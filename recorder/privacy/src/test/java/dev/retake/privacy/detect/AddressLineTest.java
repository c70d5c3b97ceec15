package dev.retake.privacy.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressLineTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sent on [Kvetná 17, 811 08 Bratislava] today",
                "sent on [Szent Imre utca 5] today",
                "sent on [1117 Budapest, Irinyi József utca 42] today",
                "sent on [ул. Садовая, д. 8, кв. 15, Самара] today",
                "sent on [Садовая ул., 8, Самара] today",
                "sent on [İnönü Cad. No: 7, Bursa] today",
                "wir sahen [東京都新宿区西新宿2丁目8番1号] dort",
                "wir sahen [杭州市西湖区文三路90号] dort",
                "wir sahen [대전광역시 유성구 대학로 99] dort",
                "Address: [Klosterhof 3], second door",
                "lives at [22 Sunny Bottoms, Cleethorpes] now",
                "deliver to [146/31, Nehru Chowk, Nagpur 440001] now",
                "sent on [Rue Longue 4, 1000 Lausanne] today",
                "sent on [12 Hobart Street, Wellington 6012] today",
                "sent on [9690 Old Mill Road McClureland ID 35345] today",
                "sent on [12 rue des Tanneurs - 69003 Villeurbanne] today",
                "sent on [642846, Тула, ул. Садовая, д. 42] today",
                "deliver to [Flat 839, Shanti House, MG Road, North Town 110025] now",
                "sent on [Avenida Brasil 12 - Campinas - CEP 13010-111] today",
                "wir sahen [150-0002 東京都渋谷区本町56-2] dort",
                "sent on [al. Jasna 512 m. 4, 03-939 Bydgoszcz] today",
            })
    void findsAnAddressInWhole(String marked) {
        int open = marked.indexOf('[');
        String text = marked.replace("[", "").replace("]", "");
        HitList hits = new HitList();
        byte[] bytes = Detectors.scan(text, hits);

        assertThat(hits.size()).isEqualTo(1);
        assertThat(hits.dataClass(0)).isEqualTo(DataClass.ADDRESS);
        assertThat(new String(bytes, hits.start(0), hits.end(0) - hits.start(0), StandardCharsets.UTF_8))
                .isEqualTo(marked.substring(open + 1, marked.indexOf(']')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Meet at Platform 9",
                "Rooms 12, 14, Main Hall, 20 seats",
                "Version 4, Build 12 - 2026",
                "Boarding gate 12",
                "Shipped in 3 Business Days",
                "sent at 12 Uhr, danke",
                "Chapter 7, 2019 edition",
                "Boeing 737, 2019 model",
                "moved to Version 3",
                "见第3号文件",
                "The address has 12 Bytes",
            })
    void leavesNumbersBehindWords(String text) {
        HitList hits = new HitList();
        Detectors.scan(text, hits);

        assertThat(hits.size()).isZero();
    }
}
