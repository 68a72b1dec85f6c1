package io.mixgraph.render;

import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.Numbers;
import io.mixgraph.dsp.Quantiser;
import java.io.IOException;
import java.util.Locale;

/** A sample that the file's encoding cannot hold: nothing is clipped silently, so the render fails. */
public final class ClippedException extends IOException {
    private static final long serialVersionUID = 1L;

    ClippedException(PlannedFile file, Quantiser.Over over) {
        super(file.path() + ": peak " + Numbers.rounded(Decibels.fromGain(over.peak()), 2) + " dBFS at frame "
                + over.frame() + " does not fit in "
                + file.encoding().name().toLowerCase(Locale.ROOT) + "; " + advice(file));
    }

    private static String advice(PlannedFile file) {
        return switch (file.kind()) {
            case AUDIO_MASTER -> "turn the limiter on, lower master.gain_db, or write the master as float32";
            case AUDIO_BUS_STEM, AUDIO_PRE_MASTER -> "write stems as float32, or lower them all by stems.gain_db";
            case AUDIO_DELIVERABLE -> "write it as float32, or lower all stems by stems.gain_db";
        };
    }
}
