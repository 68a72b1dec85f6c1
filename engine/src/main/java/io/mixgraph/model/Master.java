package io.mixgraph.model;

import io.mixgraph.fx.Effect;
import io.mixgraph.fx.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last bus as written: effects, then gain, then the loudness gain, then the limiter. What is null is taken from the
 * bus preset, or has the default.
 */
public record Master(
        @Parameter(doc = "The effects, in order.") @Nullable List<Effect> fx,

        @Parameter(doc = "A preset's effects, in place of fx.") @Nullable
        String fxPreset,

        @Parameter(doc = "A chain of fx_chains, in place of fx.") @Nullable
        String fxChainId,

        @Parameter(doc = "The fader; 0 when absent.", min = -144, max = 60) @Nullable
        Double gainDb,

        @Parameter(doc = "The true-peak limiter, on when absent; false turns it off.") @Nullable
        LimiterConfig limiter,

        @Parameter(doc = "The loudness to reach; no loudness gain when absent.") @Nullable
        LoudnessConfig loudness) {
    /** A master with nothing written. */
    public static final Master EMPTY = new Master(null, null, null, null, null, null);

    public Master {
        fx = Normal.copyOrNull(fx);
    }

    public Master withFx(List<Effect> newFx) {
        return new Master(newFx, null, null, gainDb, limiter, loudness);
    }

    public Master withGainDb(double newGainDb) {
        return new Master(fx, fxPreset, fxChainId, newGainDb, limiter, loudness);
    }

    public Master withLimiter(LimiterConfig newLimiter) {
        return new Master(fx, fxPreset, fxChainId, gainDb, newLimiter, loudness);
    }

    public Master withLoudness(LoudnessConfig newLoudness) {
        return new Master(fx, fxPreset, fxChainId, gainDb, limiter, newLoudness);
    }

    /** This master laid over a preset's, as {@link BusConfig#over} does for buses. */
    public Master over(Master preset) {
        boolean ownFx = fx != null || fxPreset != null || fxChainId != null;
        return new Master(
                ownFx ? fx : preset.fx,
                ownFx ? fxPreset : preset.fxPreset,
                ownFx ? fxChainId : preset.fxChainId,
                gainDb != null ? gainDb : preset.gainDb,
                limiter != null ? limiter : preset.limiter,
                loudness != null ? loudness : preset.loudness);
    }
}
