package io.mixgraph.dsp;

/**
 * Takes one channel up to a multiple of its rate, where something nonlinear is done to it, and back down. What that
 * makes above half the rate is filtered off before it folds. See {@link OversamplerDesign} for the filters: up to 20
 * kHz at 44.1 kHz (in proportion at other rates) they change nothing by more than 0.001 dB.
 *
 * <p>The fast signal is in phases: frame t of it is phase t mod factor at index t / factor. All phases are equally
 * long, and what has no memory can be done to each array as it is. Used by one thread at a time; allocates nothing
 * while running.
 */
public final class Oversampler {
    /** The most frames that one round takes. */
    public static final int WINDOW = PolyphaseFilter.WINDOW;

    private final PolyphaseFilter[] up;
    private final PolyphaseFilter[] down;

    /** The signal at each rate, slowest first. */
    private final double[][][] signals;

    /** One with a factor of 1, 2, 4, 8, 16 or 32; 1 changes nothing. */
    public Oversampler(int factor) {
        int doublings = doublings(factor);
        this.up = new PolyphaseFilter[doublings];
        this.down = new PolyphaseFilter[doublings];
        this.signals = new double[doublings + 1][][];
        signals[0] = new double[1][WINDOW];
        for (int i = 0; i < doublings; i++) {
            int phases = 1 << i;
            double[] h = OversamplerDesign.filter(i + 1);
            int padding = i == doublings - 1 ? paddingFrames(factor) : 0;
            up[i] = PolyphaseFilter.doubling(phases, h);
            down[i] = PolyphaseFilter.halving(phases, h, padding);
            signals[i + 1] = new double[2 * phases][WINDOW];
        }
    }

    /** By how many frames of the slow signal the way up and down delays it. */
    public static int latencyFrames(int factor) {
        return (filterFrames(factor) + paddingFrames(factor)) / factor;
    }

    /**
     * The way up.
     *
     * @param x the signal, only read, from {@code from}, {@code frames} of it, at most {@link #WINDOW}
     * @return its phases at the fast rate, {@code frames} long each, to be changed in place before {@link #down}
     */
    public double[][] up(double[] x, int from, int frames) {
        System.arraycopy(x, from, signals[0][0], 0, frames);
        for (int i = 0; i < up.length; i++) {
            up[i].process(signals[i], signals[i + 1], frames);
        }
        return signals[up.length];
    }

    /** The way down of the same frames, which replace those of {@code x}. */
    public void down(double[] x, int from, int frames) {
        for (int i = down.length - 1; i >= 0; i--) {
            down[i].process(signals[i + 1], signals[i], frames);
        }
        System.arraycopy(signals[0][0], 0, x, from, frames);
    }

    /** Forgets everything. */
    public void reset() {
        for (int i = 0; i < up.length; i++) {
            up[i].reset();
            down[i].reset();
        }
    }

    private static int doublings(int factor) {
        if (factor < 1 || factor > 32 || Integer.bitCount(factor) != 1) {
            throw new IllegalArgumentException("a rate can be raised by 1, 2, 4, 8, 16 or 32, not by " + factor);
        }
        return Integer.numberOfTrailingZeros(factor);
    }

    /** The delay of all filters, in frames of the fast signal: each delays by half its order, twice. */
    private static int filterFrames(int factor) {
        int frames = 0;
        for (int i = 1; i <= doublings(factor); i++) {
            frames += (OversamplerDesign.filter(i).length - 1) * (factor >> i);
        }
        return frames;
    }

    /** What is missing to a whole number of frames of the slow signal. */
    private static int paddingFrames(int factor) {
        return Math.floorMod(-filterFrames(factor), factor);
    }
}
