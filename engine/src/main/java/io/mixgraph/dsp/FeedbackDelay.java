package io.mixgraph.dsp;

import io.mixgraph.audio.AudioBlock;
import java.util.Arrays;
import java.util.List;

/**
 * Delays a signal and feeds it back: d[n] = x[n − D] + g·F(d)[n − D], with D frames, a feedback g and filters F in the
 * loop. The output is d: the first repeat is the input itself, and each further one has gone through F and g once more.
 *
 * <p>Crossed, for two channels, the mean of both goes into the left, and each channel feeds the other: repeats
 * alternate left, right, left.
 *
 * <p>What is fed back and is below 1e-30 becomes 0, so that silence is reached. The output depends on the frames since
 * {@link #reset}, not on how they are cut into blocks. Used by one thread at a time; allocates nothing while running.
 */
public final class FeedbackDelay {
    private static final int LONGEST_RUN = 1024;
    private static final double SILENCE = 1e-30;

    /** Circles are looked at in so many steps to find the lowest bound. */
    private static final int BOUNDS = 64;

    /** −120 dB, where a tail ends, as a natural logarithm: ln 1e-6. */
    private static final double LN_TAIL_END = -6.0 * StrictMath.log(10.0);

    private final double[][] lines;
    private final int delayFrames;
    private final boolean crossed;
    private final GainRamp feedback;
    private final BiquadCascade filters;

    /** What comes out of the lines. */
    private final AudioBlock echo;

    /** What is fed back. */
    private final AudioBlock loop;

    private final double[] input = new double[LONGEST_RUN];
    private final double[] gains = new double[LONGEST_RUN];
    private int position;

    /**
     * @param channels 1 or 2
     * @param delayFrames D, at least 1
     * @param crossed whether channels feed each other; a single one feeds itself all the same
     * @param feedback g, from 0 to below 1
     * @param filters F, of no gain above 1; may be none
     */
    public FeedbackDelay(int channels, int delayFrames, boolean crossed, double feedback, List<Biquad> filters) {
        if (delayFrames < 1) {
            throw new IllegalArgumentException("an echo cannot come after " + delayFrames + " frames");
        }
        this.lines = new double[channels][delayFrames];
        this.delayFrames = delayFrames;
        this.crossed = crossed && channels == 2;
        this.feedback = new GainRamp(feedback);
        this.filters = new BiquadCascade(filters, channels);
        this.echo = new AudioBlock(channels, LONGEST_RUN);
        this.loop = new AudioBlock(channels, LONGEST_RUN);
    }

    /** Replaces the next {@code frames} frames of a block, which stays the caller's, by their echoes. */
    public void process(AudioBlock block, int frames) {
        int done = 0;
        while (done < frames) {
            int run = Math.min(Math.min(frames - done, delayFrames - position), LONGEST_RUN);
            run(block, done, run);
            position = (position + run) % delayFrames;
            done += run;
        }
    }

    private void run(AudioBlock block, int from, int frames) {
        for (int c = 0; c < lines.length; c++) {
            System.arraycopy(lines[c], position, echo.channel(c), 0, frames);
        }
        loop.copyFrom(echo, frames);
        filters.process(loop, frames);
        int moving = feedback.next(gains, frames);
        Arrays.fill(gains, moving, frames, feedback.target());
        for (int c = 0; c < lines.length; c++) {
            if (!crossed) {
                System.arraycopy(block.channel(c), from, input, 0, frames);
            } else if (c == 0) {
                System.arraycopy(block.channel(0), from, input, 0, frames);
                Mixing.fold(input, block.channel(1), from, frames);
            } else {
                Arrays.fill(input, 0, frames, 0.0);
            }
            add(loop.channel(crossed ? 1 - c : c), gains, input, frames);
            System.arraycopy(input, 0, lines[c], position, frames);
        }
        for (int c = 0; c < lines.length; c++) {
            System.arraycopy(echo.channel(c), 0, block.channel(c), from, frames);
        }
    }

    /** to += gain·from, without what of it is below {@link #SILENCE}; exact where it is far above. */
    private static void add(double[] from, double[] gain, double[] to, int frames) {
        for (int i = 0; i < frames; i++) {
            double v = gain[i] * from[i];
            double above = v - SILENCE;
            double below = v + SILENCE;
            to[i] += 0.5 * ((above + Math.abs(above)) + (below - Math.abs(below)));
        }
    }

    /** Goes on with another feedback and other filters, of as many sections. */
    public void retune(double newFeedback, List<Biquad> newFilters) {
        feedback.to(newFeedback);
        filters.retune(newFilters);
    }

    /** Returns to the state of a fresh one, with the feedback and the filters it was last given. */
    public void reset() {
        for (double[] line : lines) {
            Arrays.fill(line, 0.0);
        }
        position = 0;
        feedback.reset();
        filters.reset();
    }

    /**
     * After how many frames the impulse response of each channel stays below −120 dB of that channel's peak.
     *
     * <p>Without filters repeat k comes at k·D with g^(k−1). With filters it is bounded: the response of m passes of
     * the loop is h_m[j] ≤ g^m·A(r)^m·r^j for any radius r outside all poles, where A is the highest magnitude of F on
     * the circle |z| = r (Cauchy's estimate of the coefficients of a power series). Let q = g·A(r)·r^(−D) be below 1.
     * All repeats together are then at frame n at most r^(n−D)/(1−q), and the first is 1. Crossed, those on the right
     * are at most r^(n−D)·q/(1−q²), and the first of them is at least g times the first frame of F. The radius with the
     * lowest bound is sought.
     *
     * @param delayFrames D, at least 1
     * @param crossed whether channels feed each other
     * @param feedback g, from 0 to below 1
     * @param filters F, at most two of first order, of no gain above 1; may be none
     */
    public static long tailFrames(int delayFrames, boolean crossed, double feedback, List<Biquad> filters) {
        if (feedback == 0.0) {
            return delayFrames;
        }
        if (filters.isEmpty()) {
            // Where rounding might decide, one repeat more.
            long passes = (long) StrictMath.floor(LN_TAIL_END / StrictMath.log(feedback) + 1e-9);
            return delayFrames * (1L + passes + (crossed ? 1L : 0L));
        }
        double outermost = 0.0;
        double first = 1.0;
        for (Biquad filter : filters) {
            outermost = Math.max(outermost, filter.poleRadius());
            first *= Math.abs(filter.b0());
        }
        double lnFeedback = StrictMath.log(feedback);
        double highest = feedback * StrictMath.exp(lnMagnitude(filters, 1.0));
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 1; i < BOUNDS; i++) {
            double q = highest + (1.0 - highest) * i / BOUNDS;
            // −ln r, by halving: further in, q is higher.
            double in = 0.0;
            double out = outermost > 0.0 ? -StrictMath.log(outermost) : 50.0;
            for (int halving = 0; halving < 60; halving++) {
                double middle = 0.5 * (in + out);
                double lnMagnitude = lnMagnitude(filters, StrictMath.exp(-middle));
                if (lnFeedback + lnMagnitude + delayFrames * middle < StrictMath.log(q)) {
                    in = middle;
                } else {
                    out = middle;
                }
            }
            double left = (StrictMath.log(1.0 - q) + LN_TAIL_END) / -in;
            double lnFirst = lnFeedback + StrictMath.log(first);
            double right = (StrictMath.log((1.0 - q * q) / q) + lnFirst + LN_TAIL_END) / -in;
            lowest = Math.min(lowest, crossed ? Math.max(left, right) : left);
        }
        return delayFrames + (long) StrictMath.ceil(lowest);
    }

    /**
     * The logarithm of the highest magnitude on a circle around the origin, of at most two filters of first order. With
     * c the cosine of the angle, |b0 + b1/z|² = b0² + (b1/r)² + 2·c·b0·b1/r: the square of the magnitude is a ratio N/D
     * of two polynomials of second degree in c, and is highest at c = ±1 or where N'·D = N·D', of second degree too.
     */
    private static double lnMagnitude(List<Biquad> filters, double radius) {
        double[] n = {1.0, 0.0, 0.0};
        double[] d = {1.0, 0.0, 0.0};
        for (Biquad filter : filters) {
            multiply(n, filter.b0(), filter.b1() / radius);
            multiply(d, 1.0, filter.a1() / radius);
        }
        double highest = Math.max(ratio(n, d, 1.0), ratio(n, d, -1.0));
        double p0 = n[1] * d[0] - n[0] * d[1];
        double p1 = n[2] * d[0] - n[0] * d[2];
        double p2 = n[2] * d[1] - n[1] * d[2];
        double discriminant = p1 * p1 - p0 * p2;
        if (discriminant >= 0.0) {
            double root = Math.sqrt(discriminant);
            // As numerically stable as it gets: one root from the larger sum, the other from their product.
            double larger = p1 < 0.0 ? root - p1 : -root - p1;
            for (double c : new double[] {larger / p2, p0 / larger}) {
                if (Math.abs(c) < 1.0) {
                    highest = Math.max(highest, ratio(n, d, c));
                }
            }
        }
        return 0.5 * StrictMath.log(highest);
    }

    /** p(c) times |k0 + k1/z|² on the unit circle; what is of third degree is 0. */
    private static void multiply(double[] p, double k0, double k1) {
        double constant = k0 * k0 + k1 * k1;
        double slope = 2.0 * k0 * k1;
        p[2] = p[2] * constant + p[1] * slope;
        p[1] = p[1] * constant + p[0] * slope;
        p[0] *= constant;
    }

    private static double ratio(double[] n, double[] d, double c) {
        return ((n[2] * c + n[1]) * c + n[0]) / ((d[2] * c + d[1]) * c + d[0]);
    }
}
