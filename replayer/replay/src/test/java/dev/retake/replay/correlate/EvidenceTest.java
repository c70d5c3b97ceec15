package dev.retake.replay.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.replay.correlate.Evidence.Naming;
import dev.retake.replay.correlate.Evidence.Strength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
                "01ARZ3NDEKTSV4RRFFQ69G5FAV",
                "cus_9s6XKzkNRiz8i3",
                "ORD-2024-00017",
                "1048576",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln",
                "\"33a64df5\"",
                "2024-05-01T10:00:00Z",
                "Wed, 21 Oct 2015 07:28:00 GMT",
                "QWxhZGRpbjpvcGVuU2VzYW1l"
            })
    void strong(String value) {
        assertThat(Evidence.strength(value, false)).isEqualTo(Strength.STRONG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"7", "17", "1000", "100000", "000000", "blue-shirt", "EUR", "A17", "2024-05-01", "confirmed"})
    void weak(String value) {
        assertThat(Evidence.strength(value, false)).isEqualTo(Strength.WEAK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "true",
                "null",
                "12.50",
                "a sentence of words 12345",
                "127.0.0.1:8080",
                "http://10.0.0.1:80",
                "shop.example.com:8443",
                "1.24.301",
                "https://a.example/orders/12345678",
                "---"
            })
    void saysNothing(String value) {
        assertThat(Evidence.strength(value, false)).isEqualTo(Strength.NONE);
    }

    @ParameterizedTest
    @CsvSource({"129900,WEAK", "20240501,WEAK", "1714557600000,STRONG", "123456789,STRONG"})
    void aNumberMustBeLongerToCount(String value, Strength strength) {
        assertThat(Evidence.strength(value, true)).isEqualTo(strength);
    }

    @ParameterizedTest
    @CsvSource({
        // slot name, its parent, whether a path, origin name, its parent, context, agreement
        "orders,'',true,id,order,orders,3",
        "orders,'',true,id,'',orders,3",
        "orders,'',true,id,data,orders,3",
        "orders,'',true,orderId,'',carts,3",
        "categories,'',true,category_id,'',products,3",
        "orderId,'',false,id,order,checkout,3",
        "order_id,'',false,orderId,'',checkout,3",
        "id,product,false,id,items,products,3",
        "items,'',true,id,line,items,3",
        "id,'',false,id,'',carts,2",
        "sku,'',false,sku,item,catalogue,2",
        "items,'',true,lineId,'',carts,1",
        "productId,'',false,id,items,catalogue,1",
        "page,'',false,page,'',orders,0",
        "quantity,'',false,quantity,'',cart,0",
        "orders,'',true,total,'',orders,0",
        "limit,'',false,id,'',orders,0"
    })
    void namesAgree(
            String slot,
            String parent,
            boolean path,
            String origin,
            String originParent,
            String context,
            int agreement) {
        assertThat(Evidence.agreement(new Naming(slot, parent, path), new Naming(origin, originParent, false), context))
                .isEqualTo(agreement);
    }
}
