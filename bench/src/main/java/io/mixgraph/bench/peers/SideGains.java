package io.mixgraph.bench.peers;

import io.mixgraph.audio.Decibels;
import io.mixgraph.bench.Job;
import java.util.Locale;

/**
 * Fader and pan of a strip as one linear gain for each side.
 *
 * @param left of the mono signal, or of the left channel
 * @param right of the mono signal, or of the right channel
 */
record SideGains(double left, double right) {
    static SideGains of(Job.Strip strip) {
        double fader = Decibels.toGain(strip.gainDb());
        double pan = strip.pan();
        if (strip.channels() == 1) {
            double angle = (pan + 1.0) * StrictMath.PI / 4.0;
            return new SideGains(fader * StrictMath.cos(angle), fader * StrictMath.sin(angle));
        }
        double far = StrictMath.cos(Math.abs(pan) * StrictMath.PI / 2.0);
        return new SideGains(fader * (pan > 0 ? far : 1.0), fader * (pan < 0 ? far : 1.0));
    }

    /** A gain as text, to a ten-millionth. */
    static String text(double gain) {
        return String.format(Locale.ROOT, "%.7f", gain);
    }
}
