package io.mixgraph.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EffectCatalogueTest {
    @Test
    void createFillsInDefaults() {
        assertThat(EffectCatalogue.create("compressor", Map.of("threshold_db", -18.0)))
                .isEqualTo(new Compressor(-18, 2, 10, 120, 6, 0));
        assertThat(EffectCatalogue.create("highpass", Map.of("frequency_hz", 30)))
                .isEqualTo(new Highpass(30, 12));
        assertThat(EffectCatalogue.create("gain", Map.of("invert", true))).isEqualTo(new Gain(0, true));
    }

    @Test
    void createSaysWhatIsWrong() {
        refuses("flanger", Map.of(), "there is no effect flanger");
        refuses("highpass", Map.of("frequency_hz", 30, "resonance", 1), "highpass: there is no resonance");
        refuses("highpass", Map.of(), "highpass: frequency_hz is missing");
        refuses("highpass", Map.of("frequency_hz", 5), "highpass: frequency_hz is out of range: 5");
        refuses("highpass", Map.of("frequency_hz", Double.NaN), "highpass: frequency_hz is out of range: nan");
        refuses(
                "lowpass",
                Map.of("frequency_hz", 50, "slope_db_per_octave", 20),
                "lowpass: slope_db_per_octave is out of range: 20");
        refuses("gain", Map.of("gain_db", "loud"), "gain: gain_db has the wrong type: class java.lang.String");
        refuses("gain", Map.of("invert", 1), "gain: invert has the wrong type: class java.lang.Integer");
    }

    @Test
    void namesAreOfOneEffectEach() {
        assertThat(EffectCatalogue.types()).extracting(EffectType::name).doesNotHaveDuplicates();
        assertThat(EffectCatalogue.types()).extracting(EffectType::record).doesNotHaveDuplicates();
    }

    private static void refuses(String name, Map<String, ?> parameters, String message) {
        assertThatThrownBy(() -> EffectCatalogue.create(name, parameters))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
