package io.mixgraph.render;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds up files as they are stored and compares the sum with what it is to be, frame by frame, while all are written.
 * Used by one thread at a time.
 */
final class NullTest implements BlockTask {
    private final List<FileRun> parts;
    private final FileRun whole;
    private final boolean rounded;
    private final List<SumComparison.Rounding> roundings;
    private final SumComparison.@Nullable Rounding wholeRounding;
    private final SumComparison comparison;

    /**
     * @param parts those that are to add up, in the order in which they are added
     * @param whole what they are to add up to
     * @param rounded whether to compare with the whole as it is stored, and not as it was before
     * @param gain what all parts carry and the whole does not
     * @param verbatim whether the whole is nothing but the sum of the parts as they are stored
     * @param fullScale what full scale before effects has become in a part; 0 when there were none
     */
    NullTest(List<FileRun> parts, FileRun whole, boolean rounded, double gain, boolean verbatim, double fullScale) {
        this.parts = List.copyOf(parts);
        this.whole = whole;
        this.rounded = rounded;
        this.roundings = verbatim
                ? List.of()
                : parts.stream()
                        .map(part -> SumComparison.Rounding.of(part.file()))
                        .toList();
        this.wholeRounding = rounded ? SumComparison.Rounding.of(whole.file()) : null;
        this.comparison = new SumComparison(
                parts.size(),
                gain,
                fullScale,
                whole.exact().channels(),
                whole.exact().capacity());
    }

    @Override
    public void run(long start, int frames) {
        comparison.begin(whole.storedFrames());
        for (int p = 0; p < parts.size(); p++) {
            comparison.add(p, parts.get(p).stored(), roundings.isEmpty() ? null : roundings.get(p));
        }
        comparison.compare(rounded ? whole.stored() : whole.exact(), wholeRounding);
    }

    /** What came of it so far. */
    SumComparison result() {
        return comparison;
    }
}
