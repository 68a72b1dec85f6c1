package io.mixgraph.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MarkdownTableTest {
    @Test
    void rowsStandUnderTheirHeadings() {
        assertThat(new MarkdownTable("program", "wall")
                        .add("Mixgraph", "1.50 s")
                        .add("", "2"))
                .hasToString("| program | wall |\n| --- | --- |\n| Mixgraph | 1.50 s |\n|  | 2 |\n");
    }

    @Test
    void whatWouldBreakARowIsMadeHarmless() {
        assertThat(new MarkdownTable("a").add("x | y\n  z")).hasToString("| a |\n| --- |\n| x \\| y z |\n");
    }

    @Test
    void aRowHasAsManyCells() {
        assertThatThrownBy(() -> new MarkdownTable("a", "b").add("1")).hasMessageContaining("1 cells");
    }
}
