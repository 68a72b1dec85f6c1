package io.mixgraph.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
    private enum Binding {
        TRUE_PEAK
    }

    private record Inner(double gainDb, @Nullable Double peakDbtp) {}

    private record Report(
            int sampleRate,
            long frames,
            String name,
            boolean inSum,
            Binding binding,
            Optional<String> warning,
            Optional<Inner> inner,
            List<Inner> stems,
            Map<String, Integer> latencyFrames,
            List<String> none) {}

    @Test
    void writesRecordsInTheOrderOfTheirComponents() {
        Map<String, Integer> latency = new LinkedHashMap<>();
        latency.put("vox", 480);
        latency.put("a \"b\"", 0);
        Report report = new Report(
                48000,
                9_007_199_254_740_993L,
                "tab\t, quote \", bell \u0007, é, 鼓, 🥁",
                true,
                Binding.TRUE_PEAK,
                Optional.empty(),
                Optional.of(new Inner(-0.1, null)),
                List.of(new Inner(Double.NaN, Double.NEGATIVE_INFINITY), new Inner(1e-7, 1e22)),
                latency,
                List.of());

        assertThat(Json.write(report)).isEqualTo("""
                        {
                          "sample_rate": 48000,
                          "frames": 9007199254740993,
                          "name": "tab\\t, quote \\", bell \\u0007, é, 鼓, 🥁",
                          "in_sum": true,
                          "binding": "true_peak",
                          "warning": null,
                          "inner": {"gain_db": -0.1, "peak_dbtp": null},
                          "stems": [
                            {"gain_db": null, "peak_dbtp": null},
                            {"gain_db": 0.0000001, "peak_dbtp": 10000000000000000000000}
                          ],
                          "latency_frames": {"vox": 480, "a \\"b\\"": 0},
                          "none": []
                        }
                        """);
    }

    @Test
    void aListIsWrittenToo() {
        assertThat(Json.write(List.of(new Inner(0, 1.0)))).isEqualTo("[{\"gain_db\": 0, \"peak_dbtp\": 1}]\n");
        assertThat(Json.write(List.of())).isEqualTo("[]\n");
    }

    /** JDK 17 and 19 print different digits of these by Double.toString. */
    @Test
    void numbersHaveTheFewestDigitsThatReadBack() {
        assertThat(Json.write(List.of(2.0E-3, Double.parseDouble("2e23"), Double.MIN_VALUE, 0.1 + 0.2)))
                .startsWith("[\n  0.002,\n  200000000000000000000000,\n  0.000")
                .contains("0.30000000000000004");
    }

    @Test
    void whatIsNoDataIsRefused() {
        assertThatThrownBy(() -> Json.write(List.of(new Object())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no document can hold a java.lang.Object");
    }

    /** What may stand in a report; public, as what is read has to be. */
    public record Read(
            String name,
            @Nullable String note,
            double levelDb,
            @Nullable Double peakDb,
            List<Part> parts) {}

    /** A part of it. */
    public record Part(int frames, @Nullable List<String> sumOf) {}

    private static Read read(String text) throws IOException {
        return Json.read(text, "a.json", Read.class);
    }

    @Test
    void whatWasWrittenIsReadBack() throws IOException {
        Read read = new Read("a", null, -0.1, null, List.of(new Part(7, List.of("x")), new Part(0, null)));
        assertThat(read(Json.write(read))).isEqualTo(read);
        assertThat(read(Json.write(new Read("a", "b", Double.NEGATIVE_INFINITY, 1.0, List.of())))
                        .levelDb())
                .isNaN();
    }

    /** Null is for what the record says may be null, and for numbers that are not defined. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'name': 'a' | 'name': null | /name is nothing (null), which does not belong there",
                "'parts': [ | 'parts': [null, | /parts/0 is nothing (null), which does not belong there",
                "'sum_of': ['x'] | 'sum_of': [null] | /parts/0/sum_of/0 is nothing (null), which does not belong there",
                "'frames': 7 | 'frames': null | /parts/0/frames is nothing (null), which does not belong there",
                "'frames': 7 | 'frames': 7.5 | /parts/0/frames is the number 7.5, which does not belong there",
                "'frames': 7 | 'frames': 3e9 | /parts/0/frames is the number 3e9, which does not belong there",
                "'name': 'a' | 'name': 'a', 'name': 'b' | /name is there twice",
                "'name': 'a', | '' | /name is missing",
                "'name': 'a' | 'name': ['a'] | /name is a list, which does not belong there",
            })
    void whatIsNotAsItShouldBeIsNamed(String from, String to, String message) {
        String text = "{'name': 'a', 'note': null, 'level_db': 0, 'peak_db': null,"
                + " 'parts': [{'frames': 7, 'sum_of': ['x']}]}";
        assertThat(text).contains(from);
        assertThatThrownBy(
                        () -> read(text.replace(from, to.equals("''") ? "" : to).replace('\'', '"')))
                .isInstanceOf(IOException.class)
                .hasMessage("a.json: " + message + "; was it written by this version of Mixgraph?");
    }
}
