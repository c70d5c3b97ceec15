package dev.retake.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retake.common.config.Config;
import dev.retake.common.config.ConfigKey;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.proxy.capture.StreamCapture;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProxySettingsTest {
    @Test
    void everyKeyThatIsDeclaredIsListed() throws IllegalAccessException {
        List<Object> declared = new ArrayList<>();
        for (Field field : ProxyKeys.class.getFields()) {
            if (field.getType() == ConfigKey.class) {
                declared.add(field.get(null));
            }
        }
        assertThat(ProxyKeys.ALL)
                .containsExactlyInAnyOrderElementsOf(
                        declared.stream().map(key -> (ConfigKey<?>) key).toList());
        assertThat(ProxyKeys.ALL).extracting(ConfigKey::path).doesNotHaveDuplicates();
    }

    @Test
    void defaultsForwardEverythingAndTrustNobody() {
        ProxySettings settings = ProxySettings.from(Config.defaults());
        assertThat(settings.forward().observe()).isFalse();
        assertThat(settings.forward().trustedReplayers()).isEmpty();
        assertThat(settings.forward().requestBody()).isZero();
        assertThat(settings.drain()).hasSeconds(10);
        assertThat(settings.bodyCap()).isEqualTo(1 << 20);
        assertThat(settings.streams()).isEqualTo(new StreamCapture(false, 1 << 20, true));
        assertThat(settings.observing().forward().observe()).isTrue();
    }

    @Test
    void aBlockThatIsNoneIsNamed() {
        Config config = Config.parse("proxy: {trustedReplayers: [10.0.0.0/99]}", "f", ProxyKeys.ALL);
        assertThatThrownBy(() -> ProxySettings.from(config))
                .isInstanceOfSatisfying(
                        RetakeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
                .hasMessageContaining("proxy.trustedReplayers")
                .hasMessageContaining("10.0.0.0/99");
    }
}
