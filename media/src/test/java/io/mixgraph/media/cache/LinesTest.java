package io.mixgraph.media.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void anyValueIsReadAsItWasWritten() {
        List<String> values = List.of("", " ", "a b", "\n", "\\n", "\\\n\\\\", "ends with \\", "ü€😀\r\t");
        Lines lines = new Lines();
        values.forEach(value -> lines.add("word", value));
        assertThat(Lines.parse(lines.toString()))
                .containsExactlyElementsOf(values.stream()
                        .map(value -> new Lines.Line("word", value))
                        .toList());
        assertThat(Lines.parse("")).isEmpty();
    }

    @Test
    void whatIsNoLineIsRefused() {
        for (String text : List.of("word", "word\n", "\n", "word value", "a b\nword")) {
            assertThatThrownBy(() -> Lines.parse(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
