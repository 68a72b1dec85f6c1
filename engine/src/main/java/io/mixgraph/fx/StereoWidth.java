package io.mixgraph.fx;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.dsp.Biquad;
import io.mixgraph.dsp.BiquadCascade;
import io.mixgraph.dsp.BiquadDesign;
import io.mixgraph.dsp.SideSignal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scales the side signal: with M = (L + R)/2 and S = (L − R)/2, the output is M ± width·S. 0 makes both channels the
 * same, 1 leaves every bit alone, 2 doubles the difference. The middle is never touched, so that the sum to mono stays
 * what it was. What lies below a frequency can be made mono: the side signal then goes through a Butterworth highpass
 * of second order. Does nothing to a mono signal.
 */
@Example("width: 1.3, mono_below_hz: 120")
public record StereoWidth(
        @Parameter(doc = "Gain of the side signal: 0 is mono, 1 leaves it as it is.", min = 0, max = 2, absent = "1")
        double width,

        @Parameter(doc = "Below it the sound becomes mono, at 12 dB per octave; absent for none.", min = 20, max = 1000)
        @Nullable
        Double monoBelowHz)
        implements Effect {

    @Override
    public Nature nature() {
        return Nature.LINEAR;
    }

    @Override
    public long tailFrames(int sampleRate) {
        return BiquadCascade.tailFrames(sideFilter(sampleRate));
    }

    private List<Biquad> sideFilter(int sampleRate) {
        return monoBelowHz == null ? List.of() : BiquadDesign.butterworthHighpass(monoBelowHz, 2, sampleRate);
    }

    @Override
    public Applicator newApplicator(AudioFormat main) {
        SideSignal side = new SideSignal(width, sideFilter(main.sampleRate()));
        return new Applicator() {
            @Override
            public void apply(AudioBlock block, int frames, double[][] curves) {
                if (block.channels() == 2) {
                    side.process(block, frames);
                }
            }

            @Override
            public void reset() {
                side.reset();
            }

            @Override
            public void retune(Effect effect) {
                StereoWidth settings = (StereoWidth) effect;
                side.retune(settings.width, settings.sideFilter(main.sampleRate()));
            }
        };
    }
}
