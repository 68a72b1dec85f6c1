package io.mixgraph.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Immutable copies that keep what was written, nulls included, for the validator to find. */
final class Lists {
    private Lists() {}

    /** An immutable copy; of null, an empty list. */
    static <T> List<T> copy(@Nullable List<T> list) {
        return list == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(list));
    }

    /** An immutable copy; of null, null. */
    static <T> @Nullable List<T> copyOrNull(@Nullable List<T> list) {
        return list == null ? null : copy(list);
    }
}
