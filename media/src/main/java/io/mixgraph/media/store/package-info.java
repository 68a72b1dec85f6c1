/** Files by the digest of their bytes: in a folder, or at a service that speaks S3. */
@NullMarked
package io.mixgraph.media.store;

import org.jspecify.annotations.NullMarked;
