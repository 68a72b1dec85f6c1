package io.mixgraph.bench;

import java.util.Random;

/**
 * One channel of an instrument that plays and never repeats itself: at every note three damped resonators are struck,
 * and noise bursts out and decays. How loud it plays changes from phrase to phrase and from part to part of the song.
 * It costs a few multiplications a sample, none of them other than what IEEE 754 says, so that the samples are the same
 * everywhere. Never reaches full scale.
 */
public final class Voice {
    private static final int PARTIALS = 3;
    private static final double[] PARTIAL_AMPLITUDE = {0.6, 0.28, 0.12};
    private static final int[] SCALE = {0, 3, 5, 7, 10, 12};

    /** What a struck resonator keeps of what was there, so that strokes never add up to full scale. */
    private static final double KEPT = 0.25;

    private static final int NOTES_PER_PHRASE = 16;

    /** How loud all play in one part of the song after another. */
    private static final double[] SECTIONS = {0.5, 0.7, 1.0, 0.65, 1.0, 0.85};

    private static final long SECTION_FRAMES = 10L * Job.SAMPLE_RATE;

    /** What is played. */
    public enum Instrument {
        DRUMS(60.0, 0.18, 0.3, 0.3, 0.15, 0.28, 0.5),
        BASS(55.0, 0.3, 0.9, 0.55, 0.03, 0.02, 0.05),
        KEYS(220.0, 0.2, 1.5, 0.45, 0.04, 0.05, 0.3),
        PADS(330.0, 0.9, 3.0, 0.3, 1.8, 0.18, 0.15);

        private final double lowestHz;
        private final double noteSeconds;
        private final double toneSeconds;
        private final double tone;
        private final double noiseSeconds;
        private final double noise;
        private final double brightness;

        /**
         * @param lowestHz its lowest note
         * @param noteSeconds the middle time between notes
         * @param toneSeconds in which a tone falls by 60 dB
         * @param tone the amplitude of a stroke
         * @param noiseSeconds in which a burst falls by 60 dB
         * @param noise the amplitude of a burst
         * @param brightness of the noise: 1 is white
         */
        Instrument(
                double lowestHz,
                double noteSeconds,
                double toneSeconds,
                double tone,
                double noiseSeconds,
                double noise,
                double brightness) {
            this.lowestHz = lowestHz;
            this.noteSeconds = noteSeconds;
            this.toneSeconds = toneSeconds;
            this.tone = tone;
            this.noiseSeconds = noiseSeconds;
            this.noise = noise;
            this.brightness = brightness;
        }
    }

    private final Instrument instrument;
    private final Random score;
    private final double detune;

    /** 2·r·cos ω, −r², and the last two values of each resonator. */
    private final double[] c = new double[PARTIALS];

    private final double[] d = new double[PARTIALS];
    private final double[] y1 = new double[PARTIALS];
    private final double[] y2 = new double[PARTIALS];

    private final double burstDecay;
    private double burst;
    private double noise;
    private long seed;
    private long frame;
    private double phrase;
    private int notesLeft;
    private int framesLeft;

    /**
     * @param score seeds the notes: channels of one recording play the same
     * @param channel seeds the noise, and detunes
     */
    public Voice(Instrument instrument, long score, int channel) {
        this.instrument = instrument;
        this.score = new Random(score);
        this.detune = 1.0 + 0.0007 * channel;
        this.seed = 31 * score + channel + 1;
        this.burstDecay = decay(instrument.noiseSeconds);
    }

    private static double decay(double seconds) {
        return StrictMath.exp(-StrictMath.log(1000.0) / (seconds * Job.SAMPLE_RATE));
    }

    /** Plays the next frames, as many as {@code out} holds. */
    public void play(double[] out) {
        int from = 0;
        while (from < out.length) {
            if (framesLeft == 0) {
                strike();
            }
            int to = Math.min(out.length, from + framesLeft);
            sound(out, from, to);
            framesLeft -= to - from;
            frame += to - from;
            from = to;
        }
    }

    private void strike() {
        if (notesLeft == 0) {
            notesLeft = NOTES_PER_PHRASE;
            phrase = 0.6 + 0.4 * score.nextDouble();
        }
        notesLeft--;
        double section = SECTIONS[(int) (frame / SECTION_FRAMES % SECTIONS.length)];
        double velocity = section * phrase * (0.5 + 0.5 * score.nextDouble());
        double semitones = SCALE[score.nextInt(SCALE.length)];
        double hz = detune * instrument.lowestHz * StrictMath.pow(2.0, semitones / 12.0);
        framesLeft = 1 + (int) (Job.SAMPLE_RATE * instrument.noteSeconds * (0.5 + score.nextDouble()));
        double stretch = 1.0 + 0.002 * score.nextDouble();
        for (int k = 0; k < PARTIALS; k++) {
            double w = 2.0 * StrictMath.PI * hz * (k + 1) * (k == 0 ? 1.0 : stretch) / Job.SAMPLE_RATE;
            double r = decay(instrument.toneSeconds / (k + 1));
            c[k] = 2.0 * r * StrictMath.cos(w);
            d[k] = -r * r;
            y1[k] = KEPT * y1[k] + velocity * instrument.tone * PARTIAL_AMPLITUDE[k] * StrictMath.sin(w);
            y2[k] = KEPT * y2[k];
        }
        burst = velocity * instrument.noise;
    }

    private void sound(double[] out, int from, int to) {
        double brightness = instrument.brightness;
        double cA = c[0];
        double dA = d[0];
        double cB = c[1];
        double dB = d[1];
        double cC = c[2];
        double dC = d[2];
        double a1 = y1[0];
        double a2 = y2[0];
        double b1 = y1[1];
        double b2 = y2[1];
        double c1 = y1[2];
        double c2 = y2[2];
        double level = burst;
        double dark = noise;
        long s = seed;
        for (int i = from; i < to; i++) {
            double a = cA * a1 + dA * a2;
            double b = cB * b1 + dB * b2;
            double e = cC * c1 + dC * c2;
            a2 = a1;
            a1 = a;
            b2 = b1;
            b1 = b;
            c2 = c1;
            c1 = e;
            s = s * 6364136223846793005L + 1442695040888963407L;
            dark += brightness * ((s >> 32) * 0x1p-31 - dark);
            level *= burstDecay;
            out[i] = a + b + e + level * dark;
        }
        y1[0] = a1;
        y2[0] = a2;
        y1[1] = b1;
        y2[1] = b2;
        y1[2] = c1;
        y2[2] = c2;
        burst = level;
        noise = dark;
        seed = s;
    }
}
