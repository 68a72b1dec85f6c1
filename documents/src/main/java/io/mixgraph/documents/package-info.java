/**
 * Sessions as people write them, in JSON or YAML, and back; the schema of that format; reports as JSON.
 *
 * <p>Text becomes a small tree in which every node knows its line and column; one binder turns the tree into records by
 * their {@link io.mixgraph.fx.RecordShape} and collects every fault. Nothing here knows a single field by name except
 * the few special written forms.
 */
@NullMarked
package io.mixgraph.documents;

import org.jspecify.annotations.NullMarked;
