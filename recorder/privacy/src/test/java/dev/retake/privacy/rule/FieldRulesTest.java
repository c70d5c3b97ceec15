package dev.retake.privacy.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retake.common.error.RetakeException;
import dev.retake.privacy.detect.DataClass;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldRulesTest {
    @Test
    void theShippedPackKeepsItsExamples() {
        List<RulePack> shipped = List.of(RulePack.shipped());
        assertThatCode(() -> RuleExamples.check(shipped, shipped)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "JSON,customerEmail,x@y,EMAIL",
        "JSON,customer.contact.email_address,x@y,EMAIL",
        "FORM,user[email],x@y,EMAIL",
        "FORM,customer[address][0][city],Berlin,CITY",
        "JSON,customeremail,x@y,EMAIL",
        "JSON,EMAIL,nonsense,EMAIL",
        "JSON,billing_address.street,Main St 1,STREET",
        "JSON,first-name,Mary,GIVEN_NAME",
        "JSON,user.name,Mary,PERSON_NAME",
        "JSON,users.name,Mary,PERSON_NAME",
        "JSON,name.first,Mary,GIVEN_NAME",
        "JSON,name,Mary Johnson,PERSON_NAME",
        "JSON,name,Иван,",
        "JSON,name,王小明,PERSON_NAME",
        "JSON,name,Blue Mug,",
        "JSON,product.name,Mary Johnson,",
        "JSON,customer.company.name,Acme,",
        "JSON,fileName,mary.txt,",
        "HEADER,X-Api-Key,Zx81kkQ0pLm2,SECRET",
        "HEADER,Authorization,Bearer Zx81kkQ0pLm2,",
        "HEADER,X-Auth-Token,Zx81kkQ0pLm2,SECRET",
        "HEADER,X-CSRF-Token,Zx81kkQ0pLm2,SECRET",
        "HEADER,If-None-Match,Zx81kkQ0pLm2,",
        "HEADER,X-Request-Id,Zx81kkQ0pLm2,",
        "QUERY,access_token,Zx81kkQ0pLm2,SECRET",
        "QUERY,code,Zx81kkQ0pLm2,SECRET",
        "QUERY,promo_code,SUMMER2024,",
        "QUERY,X-Amz-Signature,0abc12de,SECRET",
        "QUERY,page,12345678,",
        "COOKIE,anything,Zx81kkQ0pLm2,SECRET",
        "COOKIE,theme,dark,",
        "JSON,usage.total_tokens,1234567,",
        "JSON,nextPageToken,Zx81kkQ0pLm2,",
        "JSON,passwd,hunter2,PASSWORD",
        "JSON,password,true,",
        "JSON,ssn,123-45-6789,NATIONAL_ID",
        "JSON,payment.card.number,4111111111111111,CARD",
        "JSON,order.number,4111111111111111,",
        "JSON,card.cvv,123,CARD_CODE",
        "JSON,phone,4155550100,PHONE",
        "JSON,phone,true,",
        "JSON,phones.number,4155550100,PHONE",
        "JSON,email.value,x@y,EMAIL",
        "JSON,address.line1,1 Main St,STREET",
        "JSON,address.state,CA,",
        "JSON,address.country,DE,",
        "JSON,store.address.city,Berlin,",
        "JSON,dob,1985-03-17,DATE_OF_BIRTH",
        "JSON,walletAddress,0xabc,",
        "JSON,shipping_address,1 Main St,ADDRESS",
        "CSV,First Name,Mary,GIVEN_NAME",
        "CSV,E-Mail,x@y,EMAIL",
        "CSV,Postal Code,94103,POSTCODE",
        "XML,nachname,Schmidt,FAMILY_NAME",
        "JSON,apellidos,García,FAMILY_NAME",
        "JSON,id,12345678,",
        "JSON,price,12.50,",
        "JSON,createdAt,2024-01-15,",
        "JSON,status,active,",
        "JSON,sku,AB-12345,",
        "JSON,description,hello there,",
        "JSON,title,Some Title,",
        "JSON,url,https://x.y,",
    })
    void says(Place place, String path, String value, @Nullable DataClass dataClass) {
        String[] names = path.contains("[") ? new String[] {path} : path.split("\\.");
        FieldRules rules = FieldRules.standard();
        FieldContext context = FieldContext.NONE;
        for (int i = 0; i < names.length - 1; i++) {
            context = rules.inside(context, names[i]);
        }
        FieldRule rule = rules.forField(place, names[names.length - 1], context);
        boolean holds = rule != null && rule.accepts(value);
        assertThat(holds ? rule.dataClass() : null).isEqualTo(dataClass);
    }

    @Test
    void aPackOfTheUsersOwnIsAskedFirst(@TempDir Path dir) throws IOException {
        Path pack = Files.writeString(dir.resolve("ours.yml"), """
                format: 1
                rules:
                  - {name: badge, class: user-id, words: [badge number], matches: [badgeNumber], mismatches: [badge]}
                  - {name: our mail, class: email, action: keep, words: [email], with: [person], matches: [customer.email]}
                """);
        FieldRules rules = FieldRules.with(List.of(pack));
        FieldContext customer = rules.inside(FieldContext.NONE, "customer");
        assertThat(rules.forField(Place.JSON, "badge_number", FieldContext.NONE))
                .extracting(FieldRule::dataClass)
                .isEqualTo(DataClass.USER_ID);
        assertThat(rules.forField(Place.JSON, "email", customer))
                .extracting(FieldRule::action)
                .isEqualTo(Action.KEEP);
        assertThat(rules.forField(Place.JSON, "email", FieldContext.NONE))
                .extracting(FieldRule::action)
                .isEqualTo(Action.PSEUDONYMIZE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rules: [] | has no \"format: 1\"",
                "format: 1\\nrules: [{name: x, words: [y], class: z}] | class is \"z\"",
                "format: 1\\nrules: [{name: x, words: [y], class: email, wrods: z}] | sets wrods",
                "format: 1\\nrules: [{name: x, class: email}] | needs both a name and words",
                "format: 1\\nrules: [{name: x, words: [y], class: email, matches: [z]}] | must find its example z",
                "format: 1\\nrules: [{name: x, words: [y], class: email, with: [nothing]}] | topic nothing",
                "a: [ | is not YAML",
            })
    void aBrokenPackIsNamedWithWhatToDo(String yaml, String said, @TempDir Path dir) throws IOException {
        Path pack = Files.writeString(dir.resolve("ours.yml"), yaml.replace("\\n", "\n"));
        assertThatThrownBy(() -> FieldRules.with(List.of(pack)))
                .isInstanceOf(RetakeException.class)
                .hasMessageContaining("ours.yml")
                .hasMessageContaining(said);
    }

    @Test
    void aMissingPackIsNamed(@TempDir Path dir) {
        assertThatThrownBy(() -> FieldRules.with(List.of(dir.resolve("none.yml"))))
                .isInstanceOf(RetakeException.class)
                .hasMessageContaining("none.yml");
    }

    @Test
    void aRuleWithTheSameWordsIsAskedWhereTheFirstDoesNotAccept() {
        RulePack pack = RulePack.parse("""
                format: 1
                rules:
                  - {name: as digits, class: card, value: card, words: [ref]}
                  - {name: as text, class: secret, value: opaque, words: [ref]}
                """, "ours.yml");
        FieldMeaning meaning = FieldRules.of(List.of(pack))
                .meaning(Place.JSON, "ref".getBytes(StandardCharsets.UTF_8), 0, 3, FieldContext.NONE);
        assertThat(meaning.rules()).extracting(FieldRule::name).containsExactly("as digits", "as text");
    }
}
