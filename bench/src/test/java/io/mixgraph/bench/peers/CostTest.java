package io.mixgraph.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CostTest {
    @Test
    void whatTimeWroteIsRead() {
        assertThat(Cost.of("1.64 1.27 0.32 65208\n")).isEqualTo(new Cost(1.64, 1.59, 66.8));
        assertThat(Cost.of("Command exited with non-zero status 1\n0.01 0.00 0.00 2000\n"))
                .isEqualTo(new Cost(0.01, 0.0, 2.0));
    }

    @Test
    void mediansAreOfTheSortedValues() {
        assertThat(Cost.median(List.of(3.0, 1.0, 9.0))).isEqualTo(3.0);
        assertThat(Cost.median(List.of(4.0, 1.0, 9.0, 2.0))).isEqualTo(3.0);
        assertThat(Cost.median(List.of())).isNaN();
    }
}
