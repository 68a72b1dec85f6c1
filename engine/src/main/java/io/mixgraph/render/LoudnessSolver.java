package io.mixgraph.render;

import io.mixgraph.audio.AudioSource;
import io.mixgraph.fx.Limiter;
import io.mixgraph.loudness.LoudnessMeter;
import io.mixgraph.routing.MasterFinish;
import org.jspecify.annotations.Nullable;

/** STUB. */
final class LoudnessSolver {
    private LoudnessSolver() {}

    static GainDecision solve(AudioSource s, LoudnessMeter m, MasterFinish.Target t, @Nullable Limiter l) {
        return new GainDecision(t.lufs() - m.result().integratedLufs(), Binding.TARGET);
    }
}
