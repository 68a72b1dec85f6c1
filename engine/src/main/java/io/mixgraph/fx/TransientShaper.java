package io.mixgraph.fx;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.dsp.Log2Exp2;
import io.mixgraph.dsp.PeakLevel;
import io.mixgraph.dsp.TransientGain;

/**
 * Raises or lowers attacks and what follows them, however loud the signal is: it compares envelopes of the signal with
 * each other, never with a threshold. The idea is the differential envelope technology of the SPL Transient Designer
 * (its manual, "Tech Talk": one envelope follows the sound, one with a slower attack, one that holds; gains come from
 * their differences), whose ranges of ±15 dB and ±24 dB it shares. The definition is ours:
 *
 * <p>The level P is the highest magnitude of any channel over the last 25 ms, so that the peaks of any tone from 20 Hz
 * up are one steady level. Three envelopes follow, e[n] = e[n−1] + (1 − e^(−1/(τ·Fs)))·(input − e[n−1]), each with one
 * τ up and one down, 0 being at once:
 *
 * <ul>
 *   <li>E of P: up at once, down with 10 ms;
 *   <li>A of E: up with attack_ms, down at once; so A ≤ E, and A lags behind while the sound sets in;
 *   <li>S of E: up at once, down with sustain_ms; so S ≥ E, and E has fallen below it while the sound dies away.
 * </ul>
 *
 * <pre>
 * gain in dB = attack_percent/100 · min(15, 20·log10(E/A)) + sustain_percent/100 · min(24, 20·log10(S/E))
 * </pre>
 *
 * <p>From silence, an onset is raised by 15 dB at 100 %, for a fifth of attack_ms; after attack_ms 4 dB of it are left.
 * A steady tone is not changed. One gain for all channels.
 */
@Example("attack_percent: 40, sustain_percent: -20")
public record TransientShaper(
        @Parameter(doc = "How much onsets are raised, or lowered below 0.", min = -100, max = 100, absent = "0")
        double attackPercent,

        @Parameter(doc = "How much decays are raised, or lowered below 0.", min = -100, max = 100, absent = "0")
        double sustainPercent,

        @Parameter(
                doc = "How long an onset is one: time constant of its slower envelope.",
                min = 1,
                max = 200,
                absent = "20")
        double attackMs,

        @Parameter(
                doc = "How long a decay is one: time constant of its slower envelope.",
                min = 20,
                max = 5000,
                absent = "300")
        double sustainMs,

        @Parameter(
                doc = "How far ahead it sees, which delays the signal.",
                min = 0,
                max = 20,
                absent = "0",
                automatable = false)
        double lookaheadMs)
        implements LookaheadEffect {

    private static final double ATTACK_LIMIT_DB = 15.0;
    private static final double SUSTAIN_LIMIT_DB = 24.0;

    @Override
    public int curveCount() {
        return 1;
    }

    @Override
    public Detector newDetector(AudioFormat input) {
        TransientGain gain = new TransientGain(attackMs, sustainMs, input.sampleRate());
        setAmounts(gain);
        return new Detector() {
            @Override
            public void detect(AudioBlock driver, int frames, double[][] curves) {
                PeakLevel.linked(driver, frames, curves[0]);
                gain.process(curves[0], frames);
            }

            @Override
            public void reset() {
                gain.reset();
            }

            @Override
            public void retune(Effect effect) {
                TransientShaper settings = (TransientShaper) effect;
                gain.retune(settings.attackMs, settings.sustainMs);
                settings.setAmounts(gain);
            }
        };
    }

    private void setAmounts(TransientGain gain) {
        gain.amounts(
                attackPercent / 100.0,
                ATTACK_LIMIT_DB / Log2Exp2.DB_PER_LOG2,
                sustainPercent / 100.0,
                SUSTAIN_LIMIT_DB / Log2Exp2.DB_PER_LOG2);
    }

    @Override
    public Applicator newApplicator(AudioFormat main) {
        return new GainApplicator();
    }
}
