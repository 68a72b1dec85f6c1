package io.mixgraph.fx;

import java.util.List;

/**
 * One line of the catalogue.
 *
 * @param name how documents call it: {@code highpass}
 * @param revision raised whenever the effect's output bits change for the same parameters
 * @param record the record of its parameters, every component a {@link Parameter}
 * @param doc one sentence on what it is for
 */
public record EffectType(String name, int revision, Class<? extends Effect> record, String doc) {
    /** Settings to show, as documents write them beside the type; empty when the record has no {@link Example}. */
    public List<String> examples() {
        Example example = record.getAnnotation(Example.class);
        return example == null ? List.of() : List.of(example.value());
    }

    /** The parameters, in declared order. */
    public RecordShape<? extends Effect> shape() {
        return RecordShape.of(record);
    }
}
