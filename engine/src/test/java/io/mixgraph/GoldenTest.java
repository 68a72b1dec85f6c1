package io.mixgraph;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.render.RenderMonitor;
import io.mixgraph.testing.MemoryTarget;
import io.mixgraph.testing.RandomMix;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bits of a few renders, recorded. They prove nothing about what is right; they show that nothing has changed, and
 * that every JVM, operating system and processor makes the same. A change that is meant raises
 * {@link MixEngine#DSP_REVISION}.
 */
@Tag("golden")
class GoldenTest {
    private static final List<Arguments> RECORDED = List.of(
            Arguments.of(5L, "65f091a890871216c6f176425f28b274a10289aba15e9979f24789e0ba071dcb"),
            Arguments.of(23L, "f513002d9d022262835a4d325740200ba2d01b561f31f90702b4feeb875718d9"),
            Arguments.of(38L, "246667f9bc0c07a8720687bb58e2d63c1c9ee9e401e6aee4149f63203b1b5f0a"));

    /** The system property {@code mixgraph.seeds} takes fewer, for JVMs that are slow. */
    private static Stream<Arguments> recorded() {
        return RECORDED.stream().limit(Long.getLong("mixgraph.seeds", RECORDED.size()));
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void theBitsAreTheRecordedOnes(long seed, String sha256) throws Exception {
        RandomMix mix = new RandomMix(seed);
        MixEngine engine = new MixEngine(2, 512);
        MemoryTarget target = new MemoryTarget();
        engine.render(engine.plan(mix.session(), mix.sources()), target, RenderMonitor.SILENT);
        assertThat(Arrays.stream(target.file("master")[0]).anyMatch(x -> x != 0))
                .as("it is heard")
                .isTrue();
        assertThat(target.digest()).isEqualTo(sha256);
    }
}
