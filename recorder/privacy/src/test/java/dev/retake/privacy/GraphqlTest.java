package dev.retake.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.keys.RootKey;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variables of GraphQL requests are what the arguments say that they are given to, whatever clients call them. */
class GraphqlTest {
    private final Sanitizer sanitizer = Sanitizer.create(new RootKey(new byte[32]), PrivacySettings.DEFAULTS);

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            {"query":"mutation R($l:String!,$p:String!){register(login:$l,password:$p){token}}","variables":{"l":"mwiesental","p":"a1!bcd"}}   ¦ mwiesental,a1!bcd
            {"variables":{"l":"mwiesental"},"operationName":"R","query":"mutation R($l:String!){\\n  signIn(login: $l) { id }\\n}"}           ¦ mwiesental
            [{"query":"query($p:String){a:user(filter:{password:{eq:1}, login:$p}){id}}","variables":{"p":"mwiesental"}}]                       ¦ mwiesental
            {"type":"start","payload":{"query":"subscription($v:String){chat(username:$v){text}}","variables":{"v":"mwiesental"}}}              ¦ mwiesental
            """)
    void readsVariablesByTheirArguments(String body, String gone) {
        String clean = sanitize(body);

        assertThat(clean).doesNotContain(gone.split(",")).hasSameSizeAs(body);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            {"query":"query($s:String,$n:Int){products(sku:$s,first:$n){name}}","variables":{"s":"wiesental-44","n":20}}
            {"query":"# login:$s\\nquery($s:String){find(text:\\"login:$s\\",by:$s){id}}","variables":{"s":"mwiesental"}}
            {"query":"query($s:String","variables":{"s":"mwiesental"}}
            {"query":7,"variables":{"s":"mwiesental"}}
            {"variables":{"s":"mwiesental"},"filter":{"query":"q(login:$s)"}}
            """)
    void keepsWhatNoArgumentGivesAway(String body) {
        assertThat(sanitize(body)).isEqualTo(body);
    }

    private String sanitize(String body) {
        Exchange raw = Exchanges.of(
                Exchanges.request("POST", "/graphql", Headers.of("Content-Type", "application/json"), body),
                Exchanges.response(204, Headers.EMPTY, ""));
        byte[] clean = sanitizer.sanitize(raw).exchange().request().body().bytes();
        return new String(clean, StandardCharsets.UTF_8);
    }
}
