package io.mixgraph.fx;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Settings of an effect that the help and the manual show. Without it they show the effect with what must be given and
 * nothing else.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Example {
    /**
     * Fields as documents write them beside the type, {@code "threshold_db: -18, ratio: 4"}, in YAML; the plainest
     * settings first.
     */
    String[] value();
}
