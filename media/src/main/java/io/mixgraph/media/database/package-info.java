/** The registry's tables: in one SQLite file, or at a PostgreSQL server. */
@NullMarked
package io.mixgraph.media.database;

import org.jspecify.annotations.NullMarked;
