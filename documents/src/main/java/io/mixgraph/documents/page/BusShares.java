package io.mixgraph.documents.page;

import io.mixgraph.render.RenderTrace;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of the K-weighted energy (ITU-R BS.1770-5, Annex 1) of a sum of stems each of them carries. Stems are taken
 * to be unlike each other, so that energies add.
 */
final class BusShares {
    /** From here on the limiter counts as working. */
    static final double AT_WORK_DB = 0.1;

    private static final double SMOOTHING_S = 3;

    private final List<RenderTrace.FileTrace> stems;
    private final RenderTrace trace;
    private final int hops;

    /** For each stem the energy of all hops before each one. */
    private final List<double[]> sums = new ArrayList<>();

    BusShares(List<RenderTrace.FileTrace> stems, RenderTrace trace) {
        this.stems = stems;
        this.trace = trace;
        hops = stems.stream().mapToInt(stem -> stem.energy().size()).min().orElse(0);
        for (RenderTrace.FileTrace stem : stems) {
            double[] sum = new double[hops + 1];
            for (int hop = 0; hop < hops; hop++) {
                double energy = stem.energy().get(hop);
                sum[hop + 1] = sum[hop] + (Double.isFinite(energy) ? Math.max(0, energy) : 0);
            }
            sums.add(sum);
        }
    }

    /** How many moments there are at most {@code most} of. */
    int moments(int most) {
        return Math.min(most, hops);
    }

    /**
     * A stem's share around each of so many moments, 3 s or as much time as a moment stands for; 0 in silence.
     *
     * @param moments equally long parts of the whole
     */
    List<Double> over(int stem, int moments) {
        if (moments == 0) {
            return List.of();
        }
        double smoothing = StrictMath.ceil(SMOOTHING_S / 2 * trace.sampleRate() / trace.hopFrames());
        int reach = Math.max((int) smoothing, (int) ((hops + 2L * moments - 1) / (2L * moments)));
        List<Double> shares = new ArrayList<>();
        for (int moment = 0; moment < moments; moment++) {
            int middle = (int) ((2L * moment + 1) * hops / (2L * moments));
            int from = Math.max(0, middle - reach);
            int to = Math.min(hops, middle + reach);
            shares.add(part(sums.get(stem)[to] - sums.get(stem)[from], energy(from, to)));
        }
        return shares;
    }

    /** A stem's share of the whole. */
    double overall(int stem) {
        return hops == 0 ? 0 : part(sums.get(stem)[hops], energy(0, hops));
    }

    /** A stem's share of all hops in which the limiter worked. */
    double whileLimited(int stem) {
        double own = 0;
        double all = 0;
        for (int hop = 0; hop < hops; hop++) {
            if (limited(hop)) {
                own += sums.get(stem)[hop + 1] - sums.get(stem)[hop];
                all += energy(hop, hop + 1);
            }
        }
        return part(own, all);
    }

    /** The part of the time in which the limiter worked. */
    double limitedTime() {
        int limited = 0;
        for (int hop = 0; hop < hops; hop++) {
            limited += limited(hop) ? 1 : 0;
        }
        return part(limited, hops);
    }

    /** The stems, in order. */
    List<RenderTrace.FileTrace> stems() {
        return stems;
    }

    private double energy(int from, int to) {
        double energy = 0;
        for (double[] sum : sums) {
            energy += sum[to] - sum[from];
        }
        return energy;
    }

    /** Whether the limiter worked in any bin that a hop touches. */
    private boolean limited(int hop) {
        List<Double> bins = trace.reductionDb();
        if (bins.isEmpty()) {
            return false;
        }
        long frames = Math.max(1, trace.frames());
        long from = Math.min(frames - 1, (long) hop * trace.hopFrames());
        long to = Math.min(frames - 1, (hop + 1L) * trace.hopFrames() - 1);
        for (int bin = bin(from, frames); bin <= bin(to, frames); bin++) {
            if (bins.get(bin) >= AT_WORK_DB) {
                return true;
            }
        }
        return false;
    }

    private int bin(long frame, long frames) {
        int bins = trace.reductionDb().size();
        return (int) Math.min(bins - 1, frame * bins / frames);
    }

    private static double part(double part, double whole) {
        double share = part / whole;
        return Double.isFinite(share) ? Math.max(0, Math.min(1, share)) : 0;
    }
}
