package io.mixgraph.fx;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a component of a record that people write in a document: {@code gainDb} is written {@code gain_db}, its
 * unit is the suffix of its name. {@link RecordShape} reads it; validation, the schema, the help and the manual all
 * come from it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Parameter {
    /** One line on what it does. */
    String doc();

    /** The lowest value allowed, for numbers. */
    double min() default Double.NEGATIVE_INFINITY;

    /** The highest value allowed, for numbers. */
    double max() default Double.POSITIVE_INFINITY;

    /** The only values allowed, for numbers of which not every one in the range will do; none when all will. */
    double[] oneOf() default {};

    /**
     * The value when absent, as it would be written; empty when there is none: then an object is null, and a primitive
     * is required.
     */
    String absent() default "";

    /**
     * Whether it can move along a curve while the effect runs. Only real numbers can; not one that decides the
     * look-ahead, the latency or the number of control curves.
     */
    boolean automatable() default true;

    /** Whether leaving it out is an error, for objects; a primitive without {@link #absent} is always required. */
    boolean required() default false;
}
