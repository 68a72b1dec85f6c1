package io.mixgraph.fx;

/**
 * One line of the catalogue.
 *
 * @param name how documents call it: {@code highpass}
 * @param revision raised whenever the effect's output bits change for the same parameters
 * @param record the record of its parameters, every component a {@link Parameter}
 * @param doc one sentence on what it is for
 */
public record EffectType(String name, int revision, Class<? extends Effect> record, String doc) {
    /** The parameters, in declared order. */
    public RecordShape<? extends Effect> shape() {
        return RecordShape.of(record);
    }
}
