/**
 * The command line. {@link io.mixgraph.cli.Main} hands over to one {@link io.mixgraph.cli.Subcommand} for each command;
 * they read documents, open recordings, and leave everything else to the engine.
 */
@NullMarked
package io.mixgraph.cli;

import org.jspecify.annotations.NullMarked;
