package dev.retake.privacy.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorsTest {
    /** Text, with what must be found in it in double angle brackets. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "EMAIL       | write to <<mary.johnson@example.com>> today",
                "EMAIL       | <<mary.johnson+news@mail.example.co.uk>>.",
                "EMAIL       | mailto:<<m@a.io>>?subject=x",
                "EMAIL       | <<jürgen.müller@bücher.de>>",
                "EMAIL       | Mary (<<mary_j@sub.domain.museum>>)",
                "EMAIL       | '<<o'brien@example.ie>>'",
                "EMAIL       | <<user@[192.168.10.1]>>",
                "CARD        | card <<4111111111111111>> exp 12/27",
                "CARD        | <<4111 1111 1111 1111>> 12/27 123",
                "CARD        | <<5555-5555-5555-4444>>",
                "CARD        | <<3782 822463 10005>>",
                "CARD        | <<378282246310005>>",
                "CARD        | paid with visa <<4222222222222>>",
                "CARD        | /cards/<<6011111111111117>>/verify",
                "CARD        | <<3056 930902 5904>>",
                "CARD        | <<2223003122003222>>",
                "CARD        | <<6200 0000 0000 0005>>",
                "IBAN        | DE account <<DE89370400440532013000>>.",
                "IBAN        | <<DE89 3704 0044 0532 0130 00>>",
                "IBAN        | <<GB82 WEST 1234 5698 7654 32>>",
                "IBAN        | <<fr1420041010050500013m02606>>",
                "IBAN        | <<NO9386011117947>>, please",
                "IPV4        | from <<203.0.113.42>>:8080",
                "IPV4        | http://<<10.1.2.3>>/x",
                "IPV6        | from <<2001:db8:85a3::8a2e:370:7334>>",
                "IPV6        | [<<fe80::1ff:fe23:4567:890a>>]:443",
                "IPV6        | <<2001:0db8:0000:0000:0000:ff00:0042:8329>>",
                "IPV6        | <<::ffff:203.0.113.9>>",
                "MAC         | <<00:1a:2B:3c:4d:5e>>",
                "MAC         | <<00-1A-2B-3C-4D-5E>>",
                "PHONE       | call <<+1 (415) 555-2671>>",
                "PHONE       | <<+14155552671>>",
                "PHONE       | <<+49 30 1234567>> or",
                "PHONE       | <<+44 (0)20 7946 0958>>",
                "PHONE       | <<+33 6 12 34 56 78>>",
                "PHONE       | <<+91-98765-43210>>",
                "PHONE       | <<(415) 555-2671>>",
                "PHONE       | <<415-555-2671 x12>>",
                "PHONE       | <<415.555.2671>>",
                "PHONE       | <<1-415-555-2671>>",
                "PHONE       | <<020 7946 0958>>",
                "PHONE       | <<01 23 45 67 89>>",
                "PHONE       | <<(030) 1234567>>",
                "PHONE       | <<0171/1234567>>",
                "PHONE       | <<(11) 91234-5678>>",
                "PHONE       | <<0049 30 1234567>>",
                "PHONE       | tel <<612 345 678>>",
                "PHONE       | phone: <<5551234567>>",
                "PHONE       | <<03-1234-5678>>",
                "NATIONAL_ID | SSN <<123-45-6789>>",
                "NATIONAL_ID | <<529.982.247-25>>",
                "NATIONAL_ID | <<900101-1234567>>",
                "SECRET      | Authorization: Bearer <<abc123def456ghi>>",
                "SECRET      | Basic <<dXNlcjpwYXNz>>",
                "SECRET      | <<AKIAIOSFODNN7EXAMPLE>>",
                "SECRET      | key <<ghp_16C7e42F292c6912E7710c838347Ae178B4a>>",
                "SECRET      | <<sk_live_4eC39HqLyjWDarjtT1zdp7dc>>",
                "SECRET      | <<AIzaSyDdI0hCZtE6vySjMm-WEfRq3CPzqKqqsHI>>",
                "SECRET      | <<xoxb-2483573840-2483573840-Ab3dE6gh9>>",
                "SECRET      | <<glpat-Ab3dE6gh9Ab3dE6gh9Xy>>",
                "SECRET      | api_key=<<Zx81kkQ0pLm2>>&page=2",
                "SECRET      | client_secret: \"<<Zx81kkQ0pLm2>>\"",
                "PASSWORD    | password=<<$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy>>",
                "PASSWORD    | Server=db;User Id=sa;Password=<<hunter2>>;",
                "PASSWORD    | password: <<hunter2>>",
                "JWT         | token <<eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVPmB92K27uhbUJU1p1r_wW1gFWFOEjXk>>",
            })
    void findsWhatIsThere(String dataClass, String marked) {
        int start = marked.indexOf("<<");
        int end = marked.indexOf(">>", start + 2);
        String text = marked.substring(0, start) + marked.substring(start + 2, end) + marked.substring(end + 2);
        assertThat(found(text)).containsExactly(DataClass.valueOf(dataClass) + " " + marked.substring(start + 2, end));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "550e8400-e29b-41d4-a716-446655440000",
                "12345678-1234-1234-1234-123456789012",
                "d41d8cd98f00b204e9800998ecf8427e",
                "2024-01-15T10:30:00.123456789+02:00",
                "2024-01-15 10:30:00",
                "15/01/2024 10:30",
                "01.02.2024",
                "1732153185",
                "1732153185123",
                "1732153185123456",
                "$1,234,567.89",
                "1234567.89",
                "SKU-4111-1111-1111-1112",
                "v1.2.3.4",
                "version 10.2.0.1",
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
                "1.2.3",
                "0.0.0.0 127.0.0.1 255.255.255.0",
                "std::vector<int> a::b",
                "12:30:45",
                "file@2x.png",
                "npm i left-pad@1.3.0",
                "@mention",
                "git@github.com:owner/repo.git",
                "order 4111111111111111",
                "9780306406157",
                "978-0-306-40615-7",
                "4006381333931",
                "000-00-0000",
                "666-12-3456",
                "1920x1080",
                "+02:00",
                "C++11",
                "token: expired",
                "password: required",
                "password=${DB_PASSWORD} token=$TOKEN password=*****",
                "Basic training",
                "DE12345678901234567890",
                "52.520008,13.404954",
                "9223372036854775807",
                "123456789012345678901234567890",
                "https://example.com/a:b/c@d",
                "sk-learn-contrib",
                "W/\"33a64df551425fcc55e4d42a148795d9f25f89d4\"",
            })
    void leavesAloneWhatIsNobodys(String text) {
        assertThat(found(text)).isEmpty();
    }

    static List<String> found(String text) {
        HitList hits = new HitList();
        byte[] bytes = Detectors.scan(text, hits);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < hits.size(); i++) {
            int start = hits.start(i);
            found.add(hits.dataClass(i) + " " + new String(bytes, start, hits.end(i) - start, StandardCharsets.UTF_8));
        }
        return found;
    }
}
