package io.mixgraph.model;

import io.mixgraph.fx.Effect;
import io.mixgraph.fx.Inline;
import io.mixgraph.fx.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last bus as written: effects, then gain, then the loudness gain, then the limiter. What is null is taken from the
 * bus preset, or has the default.
 */
public record Master(
        @Inline Inserts inserts,

        @Parameter(doc = "The fader; 0 when absent.", min = -144, max = 60) @Nullable
        Double gainDb,

        @Parameter(doc = "The true-peak limiter, on when absent; false turns it off.") @Nullable
        LimiterConfig limiter,

        @Parameter(doc = "The loudness to reach; no loudness gain when absent.") @Nullable
        LoudnessConfig loudness,

        @Parameter(doc = "The curve that replaces gain_db.") @Nullable
        MasterAutomation automation) {
    /** A master with nothing written. */
    public static final Master EMPTY = new Master(Inserts.NONE, null, null, null, null);

    public Master {
        inserts = inserts == null ? Inserts.NONE : inserts;
    }

    public Master withFx(List<? extends Effect> effects) {
        return withInserts(Inserts.of(effects));
    }

    public Master withInserts(Inserts newInserts) {
        return new Master(newInserts, gainDb, limiter, loudness, automation);
    }

    public Master withGainDb(double newGainDb) {
        return new Master(inserts, newGainDb, limiter, loudness, automation);
    }

    public Master withLimiter(LimiterConfig newLimiter) {
        return new Master(inserts, gainDb, newLimiter, loudness, automation);
    }

    public Master withLoudness(LoudnessConfig newLoudness) {
        return new Master(inserts, gainDb, limiter, newLoudness, automation);
    }

    public Master withAutomation(MasterAutomation newAutomation) {
        return new Master(inserts, gainDb, limiter, loudness, newAutomation);
    }

    /** This master laid over a preset's, as {@link BusConfig#over} does for buses. */
    public Master over(Master preset) {
        return new Master(
                inserts.over(preset.inserts),
                gainDb != null ? gainDb : preset.gainDb,
                limiter != null ? limiter : preset.limiter,
                loudness != null ? loudness : preset.loudness,
                automation != null ? automation : preset.automation);
    }
}
