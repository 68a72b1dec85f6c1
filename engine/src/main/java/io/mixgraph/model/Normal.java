package io.mixgraph.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the records of this package do to what they are given: copies that cannot change, and no null where a value is
 * promised.
 */
final class Normal {
    private Normal() {}

    /** The text; of null, an empty one, which the validator finds. */
    static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** An immutable copy; of null, an empty list. */
    static <T> List<T> copy(@Nullable List<T> list) {
        return list == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(list));
    }

    /** An immutable copy; of null, null. */
    static <T> @Nullable List<T> copyOrNull(@Nullable List<T> list) {
        return list == null ? null : copy(list);
    }
}
