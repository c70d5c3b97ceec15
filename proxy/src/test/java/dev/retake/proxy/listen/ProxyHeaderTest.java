package dev.retake.proxy.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both versions, as a truth table. */
class ProxyHeaderTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    private static final String ADDRESSES4 = "c0000201c6336402dc0401bb";
    private static final String TCP4 = SIGNATURE + "2111000c" + ADDRESSES4;

    private static ProxyHeader read(String text) {
        return ProxyHeader.read(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    }

    private static ProxyHeader hex(String hex) {
        return ProxyHeader.read(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
    }

    private static String client(ProxyHeader header) {
        assertThat(header.kind()).isEqualTo(ProxyHeader.Kind.WHOLE);
        return header.client() == null ? "none" : header.client().getHostAddress();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PROXY TCP4 192.0.2.1 198.51.100.1 56324 443 | 192.0.2.1",
                "PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535 | 255.255.255.255",
                "PROXY TCP4 192.0.2.1 198.51.100.1 0 0 | 192.0.2.1",
                "PROXY TCP6 2001:db8::1 ::1 1 2 | 2001:db8:0:0:0:0:0:1",
                "PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535"
                        + " | ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
                "PROXY TCP6 ::ffff:192.0.2.1 ::1 1 2 | 192.0.2.1",
                "PROXY UNKNOWN | none",
                "PROXY UNKNOWN and whatever else | none"
            })
    void version1(String line, String client) {
        assertThat(client(read(line + "\r\nGET / HTTP/1.1\r\n"))).isEqualTo(client);
        assertThat(read(line + "\r\nmore").length()).isEqualTo(line.length() + 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY \r\n",
                "PROXY TCP4\r\n",
                "PROXY TCP5 192.0.2.1 198.51.100.1 1 2\r\n",
                "PROXY tcp4 192.0.2.1 198.51.100.1 1 2\r\n",
                "PROXY  TCP4 192.0.2.1 198.51.100.1 1 2\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.1 1 2 \r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.1 1\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.1 1 2 3\r\n",
                "PROXY TCP4 192.0.2.256 198.51.100.1 1 2\r\n",
                "PROXY TCP4 192.0.2 198.51.100.1 1 2\r\n",
                "PROXY TCP4 2001:db8::1 ::1 1 2\r\n",
                "PROXY TCP6 192.0.2.1 198.51.100.1 1 2\r\n",
                "PROXY TCP6 [::1] ::1 1 2\r\n",
                "PROXY TCP6 fe80::1%eth0 ::1 1 2\r\n",
                "PROXY TCP6 ::1::2 ::1 1 2\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.1 65536 2\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.1 -1 2\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.1 +1 2\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.1 01 2\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.1 \u00b2 2\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.1 1 2\n",
                "PROXY UNKNOWN\n",
                "PROXY TCP4 192.0.2.1\r198.51.100.1 1 2\r\n",
                "PROXY UNKNOWN a\rb\r\n",
                "PROXY TCP4 localhost 198.51.100.1 1 2\r\n"
            })
    void version1Malformed(String text) {
        assertThat(read(text).kind()).isEqualTo(ProxyHeader.Kind.MALFORMED);
    }

    @Test
    void version1HasAtMost107Bytes() {
        assertThat(read("PROXY UNKNOWN" + " ".repeat(92) + "\r\n").kind()).isEqualTo(ProxyHeader.Kind.WHOLE);
        assertThat(read("PROXY UNKNOWN" + " ".repeat(93) + "\r\n").kind()).isEqualTo(ProxyHeader.Kind.MALFORMED);
        assertThat(read("PROXY UNKNOWN" + " ".repeat(93)).kind()).isEqualTo(ProxyHeader.Kind.INCOMPLETE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET / HTTP/1.1\r\n", "POST /", "PUT /", "PROXIES", "proxy TCP4 ", "\r\n\r\n\0\r\nQUIZ", "\u0016"
            })
    void otherBytesAreNone(String text) {
        assertThat(read(text).kind()).isEqualTo(ProxyHeader.Kind.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        // TCP over IPv4 and IPv6, of a Unix socket, LOCAL, of no family, with TLVs (ALPN, NOOP, one of the users' own)
        "2111000c" + ADDRESSES4 + ", 192.0.2.1",
        "21210024" + "20010db8000000000000000000000001" + "00000000000000000000000000000001" + "00010002"
                + ", 2001:db8:0:0:0:0:0:1",
        "20000000, none",
        "2011000c" + ADDRESSES4 + ", none",
        "20ff0002abcd, none",
        "21000000, none",
        "21000003010000, none",
        "2111001a" + ADDRESSES4 + "0100026832" + "040001ff" + "e000026162" + ", 192.0.2.1",
        "2111000f" + ADDRESSES4 + "040000, 192.0.2.1"
    })
    void version2(String hex, String client) {
        ProxyHeader header = hex(SIGNATURE + hex + "474554");
        assertThat(client(header)).isEqualTo(client);
        assertThat(header.length()).isEqualTo(12 + hex.length() / 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1111000c" + ADDRESSES4, // version 1
                "3111000c" + ADDRESSES4, // version 3
                "2211000c" + ADDRESSES4, // command 2
                "2112000c" + ADDRESSES4, // datagrams
                "2122000c" + ADDRESSES4,
                "2113000c" + ADDRESSES4,
                "2141000c" + ADDRESSES4, // family 4
                "2111000b" + ADDRESSES4, // too short for its family
                "2121000c" + ADDRESSES4,
                "21310000",
                "2111fff0" + ADDRESSES4, // longer than is taken
                "20110ff1",
                "2111000d" + ADDRESSES4 + "04", // TLVs that do not fill the header
                "2111000e" + ADDRESSES4 + "0400",
                "2111000f" + ADDRESSES4 + "040001",
                "21110010" + ADDRESSES4 + "04000000",
                "21110012" + ADDRESSES4 + "030003000000", // a checksum of three bytes
                "21110013" + ADDRESSES4 + "03000400000000" // a wrong one
            })
    void version2Malformed(String hex) {
        assertThat(hex(SIGNATURE + hex).kind()).isEqualTo(ProxyHeader.Kind.MALFORMED);
    }

    @Test
    void aChecksumIsHeld() {
        byte[] header = ByteBufUtil.decodeHexDump(SIGNATURE + "21110017" + ADDRESSES4 + "04000100" + "03000400000000");
        CRC32C checksum = new CRC32C();
        checksum.update(header);
        ByteBuf in = Unpooled.wrappedBuffer(header).setInt(header.length - 4, (int) checksum.getValue());
        assertThat(client(ProxyHeader.read(in))).isEqualTo("192.0.2.1");
        int checksumType = header.length - 7; // changed, it is a TLV that nobody knows
        for (int i = 16; i < header.length; i++) {
            if (i == checksumType) {
                continue;
            }
            in.setByte(i, in.getByte(i) ^ 1);
            assertThat(ProxyHeader.read(in).kind()).as("bit of byte %d", i).isEqualTo(ProxyHeader.Kind.MALFORMED);
            in.setByte(i, in.getByte(i) ^ 1);
        }
        ByteBuf twice = Unpooled.wrappedBuffer(
                ByteBufUtil.decodeHexDump(SIGNATURE + "2111001a" + ADDRESSES4 + "03000400000000" + "03000400000000"));
        assertThat(ProxyHeader.read(twice).kind()).isEqualTo(ProxyHeader.Kind.MALFORMED);
    }

    @Test
    void everyBeginningIsIncomplete() {
        String line = "PROXY TCP4 192.0.2.1 198.51.100.1 56324 443\r\n";
        for (int i = 0; i < line.length(); i++) {
            assertThat(read(line.substring(0, i)).kind()).as("%d", i).isEqualTo(ProxyHeader.Kind.INCOMPLETE);
        }
        for (int i = 0; i < TCP4.length(); i += 2) {
            assertThat(hex(TCP4.substring(0, i)).kind()).as("%d", i).isEqualTo(ProxyHeader.Kind.INCOMPLETE);
        }
    }

    @Test
    void noBytesBreakIt() {
        Random random = new Random(1);
        byte[] header = ByteBufUtil.decodeHexDump(SIGNATURE + "21110017" + ADDRESSES4 + "04000100" + "03000400000000");
        for (int round = 0; round < 200_000; round++) {
            byte[] mutated = header.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                mutated[12 + random.nextInt(mutated.length - 12)] = (byte) random.nextInt();
            }
            ProxyHeader read = ProxyHeader.read(Unpooled.wrappedBuffer(mutated, 0, random.nextInt(mutated.length + 1)));
            assertThat(read.length()).isLessThanOrEqualTo(header.length);
        }
    }
}
